package da3.server.http;

import da3.server.tasks.SceneDescription;
import da3.server.tasks.SceneFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A directory of group folders that contain scene folders. A scene has a {@code scene.glb} and a {@code scene.jpg},
 * optionally depth images in {@code depth_vis}, and optionally a {@code scene.json} with the files that it names.
 * Symbolic links out of the gallery are treated as missing.
 *
 * <p>Source: reference file services/gallery.py.
 */
final class Gallery {

    static final String GLB = "scene.glb";
    static final String COVER = "scene.jpg";
    static final String DEPTH = "depth_vis";

    /** Paths that a description may name: files of types that the viewer opens, inside the folder of the scene. */
    private static final Pattern ALLOWED_PATH = Pattern.compile("(?:[A-Za-z0-9_][A-Za-z0-9_.\\-]{0,99}/){0,3}"
            + "[A-Za-z0-9_][A-Za-z0-9_.\\-]{0,99}\\.(?:jpg|png|depth|confidence|glb|ply|mp4)");

    private final Path root;

    Gallery(Path root) throws IOException {
        this.root = root.toRealPath();
    }

    /**
     * A scene of the gallery.
     *
     * @param id name of its folder
     * @param depth file names of depth images
     */
    record GalleryScene(String id, Instant createdAt, List<String> depth) {}

    List<String> groups() throws IOException {
        return folders(root).stream().map(Gallery::name).toList();
    }

    /** Returns the scenes of a group; empty if there is no such group. */
    Optional<List<GalleryScene>> scenes(String group) throws IOException {
        Path folder = root.resolve(SafePath.require(group));
        if (!isInside(folder)) {
            return Optional.empty();
        }
        List<GalleryScene> scenes = new ArrayList<>();
        for (Path scene : folders(folder)) {
            if (Files.isRegularFile(scene.resolve(GLB)) && Files.isRegularFile(scene.resolve(COVER))) {
                scenes.add(new GalleryScene(
                        name(scene),
                        Files.getLastModifiedTime(scene.resolve(GLB)).toInstant(),
                        depth(scene.resolve(DEPTH))));
            }
        }
        return Optional.of(scenes);
    }

    /**
     * Returns a file of a scene: its GLB, its cover, a depth image or a file that its description names.
     *
     * @throws HttpError if there is no such file
     */
    Path file(String group, String scene, String file) {
        requireSingleNames(group, scene);
        if (file.equals(GLB) || file.equals(COVER) || file.matches(DEPTH + "/[^/]+\\.(jpg|png)")) {
            return SafePath.resolve(root, group + "/" + scene + "/" + file);
        }
        SafePath.require(file);
        if (description(group, scene).stream().noneMatch(it -> it.paths().anyMatch(file::equals))) {
            throw SafePath.fileNotFound();
        }
        return sceneFile(group, scene, file);
    }

    /** Returns the description of a scene; empty if it is missing, malformed or names paths that are not allowed. */
    Optional<SceneDescription> description(String group, String scene) {
        requireSingleNames(group, scene);
        try {
            SceneDescription read = SceneFolder.read(sceneFile(group, scene, SceneFolder.DESCRIPTION));
            return Optional.of(read).filter(it -> it.paths().allMatch(ALLOWED_PATH.asMatchPredicate()));
        } catch (IOException | HttpError e) {
            return Optional.empty();
        }
    }

    /** Returns a file that is inside both the gallery and the folder of the scene after links are resolved. */
    private Path sceneFile(String group, String scene, String file) {
        SafePath.resolve(root, group + "/" + scene + "/" + file);
        return SafePath.resolve(root.resolve(group).resolve(scene), file);
    }

    private static void requireSingleNames(String group, String scene) {
        if (group.contains("/") || scene.contains("/")) {
            throw SafePath.fileNotFound();
        }
    }

    private List<String> depth(Path folder) throws IOException {
        if (!isInside(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Gallery::name)
                    .filter(name -> name.endsWith(".jpg") || name.endsWith(".png"))
                    .sorted()
                    .toList();
        }
    }

    private List<Path> folders(Path parent) throws IOException {
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.filter(entry -> !name(entry).startsWith(".") && isInside(entry))
                    .sorted(Comparator.comparing(Gallery::name))
                    .toList();
        }
    }

    private boolean isInside(Path folder) {
        try {
            return Files.isDirectory(folder) && folder.toRealPath().startsWith(root);
        } catch (IOException e) {
            return false;
        }
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }
}
