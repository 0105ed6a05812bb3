package da3.train.config;

import da3.train.data.ArchiveScenes.DepthLimits;
import da3.train.data.CachedScenes;
import da3.train.data.ColmapFolders;
import da3.train.data.FileScenes;
import da3.train.data.ImageDepthLists;
import da3.train.data.SceneSource;
import da3.train.data.ViewFolders;
import da3.train.data.ViewOptions;
import da3.train.yaml.Section;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Scenes from the user's own files, which phases and the validation name.
 *
 * @param name unique name
 * @param paths folders or lists, at least one
 * @param layout how the files are arranged
 * @param hasCameras whether the views have cameras
 */
public record DataSettings(String name, List<Path> paths, Layout layout, boolean hasCameras, ViewOptions options) {

    private static final long MAX_CACHE_BYTES = 1L << 29;

    /** Fraction of the heap that the cache may take. */
    private static final int HEAP_PER_CACHE = 4;

    /** Kinds of layouts. */
    enum Kind {
        VIEWS,
        COLMAP,
        LIST
    }

    /** Opens the scenes of paths. */
    @FunctionalInterface
    public interface Layout {

        /** @throws IOException if the files are not as the layout requires; the message names one */
        FileScenes open(List<Path> paths, ViewOptions options) throws IOException;
    }

    static DataSettings read(Section s) {
        String name = s.text("name").orElseThrow(() -> s.invalid("name", "none", "a string"));
        List<Path> paths = s.texts("paths").stream().map(Path::of).toList();
        if (paths.isEmpty()) {
            throw s.invalid("paths", "none", "a list of at least one folder or list");
        }
        Kind kind = s.choice("kind", Kind.VIEWS);
        Layout layout =
                switch (kind) {
                    case VIEWS ->
                        new ViewFolders(
                                        images(s),
                                        depth(s),
                                        masks(s),
                                        s.text("cameras", "cameras.npz"),
                                        viewsPerScene(s))::open;
                    case COLMAP ->
                        new ColmapFolders(images(s), depth(s), masks(s), s.text("model", "sparse"), viewsPerScene(s))
                                ::open;
                    case LIST -> ImageDepthLists::open;
                };
        DepthLimits limits = new DepthLimits(s.number("depth_scale", 1, 1e-9, 1e9), s.number("max_depth", 0, 0, 1e9));
        double fieldOfView = kind == Kind.LIST ? s.number("field_of_view", 60, 1, 179) : 0;
        return new DataSettings(
                name,
                paths,
                layout,
                kind != Kind.LIST,
                new ViewOptions(limits, s.integer("max_side", 504, 0, 1 << 14), fieldOfView));
    }

    private static String images(Section s) {
        return s.text("images", "images");
    }

    private static String depth(Section s) {
        return s.text("depth", "depth");
    }

    private static Optional<String> masks(Section s) {
        return s.text("masks");
    }

    private static int viewsPerScene(Section s) {
        return s.integer("views_per_scene", 8, 0, 1 << 16);
    }

    /**
     * Opens the scenes, which are kept in memory after they were read, as far as they fit.
     *
     * @throws IOException if a file is missing or cannot be read; the message names it
     */
    public SceneSource open() throws IOException {
        long bytes = Math.min(MAX_CACHE_BYTES, Runtime.getRuntime().maxMemory() / HEAP_PER_CACHE);
        return new CachedScenes(layout.open(paths, options), bytes);
    }
}
