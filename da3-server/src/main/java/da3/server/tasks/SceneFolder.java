package da3.server.tasks;

import da3.geometry.Scene;
import da3.geometry.check.Check;
import da3.io.ExportDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A scene as a folder of a gallery: what a page draws, and a description that says where it is. */
public final class SceneFolder {

    /** Name of the description. */
    public static final String DESCRIPTION = "scene.json";

    /** Of a thousand views it has half of this. */
    private static final int MOST_BYTES = 1 << 20;

    private SceneFolder() {}

    /**
     * Writes {@code viewer/0000.jpg}, {@code viewer/0000.depth} and so on, and the description last. A gallery shows the
     * folder if it holds {@code scene.glb} and {@code scene.jpg} too.
     *
     * @param name of the scene, for people
     * @param photos names of the photos, one a view
     * @param files that are in the folder beside
     * @return paths of what was written
     * @throws IllegalArgumentException if photos are not as many as views
     */
    public static List<Path> write(
            ExportDirectory folder, String name, Scene scene, List<String> photos, SceneFiles files)
            throws IOException {
        if (photos.size() != scene.views().size()) {
            throw Check.invalid("number of photo names", scene.views().size() + ", one per view", photos.size());
        }
        SceneDescription description = ViewerFiles.write(name, scene, photos, files, folder);
        byte[] json = SceneJson.bytes(description);
        List<Path> written = new ArrayList<>();
        description.viewerPaths().forEach(path -> written.add(folder.root().resolve(path)));
        written.add(folder.write(DESCRIPTION, out -> out.write(json)));
        return written;
    }

    /**
     * A folder's description. Whoever wrote it, its paths are only what it says.
     *
     * @param file the description
     * @throws IOException if it cannot be read or is none
     */
    public static SceneDescription read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IOException(
                        file + " has more than " + MOST_BYTES + " bytes, which is no description of a scene");
            }
            return SceneJson.scene(bytes);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is no description of a scene: " + e.getMessage(), e);
        }
    }
}
