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

/** A scene folder of a gallery: images and maps for the viewer, and a description. */
public final class SceneFolder {

    /** File name of the description. */
    public static final String DESCRIPTION = "scene.json";

    /** The description of a thousand views takes half of this. */
    private static final int MAX_BYTES = 1 << 20;

    private SceneFolder() {}

    /**
     * Writes {@code viewer/0000.jpg}, {@code viewer/0000.depth} and so on, and the description last. A gallery shows the
     * folder if it also contains {@code scene.glb} and {@code scene.jpg}.
     *
     * @param name display name of the scene
     * @param imageNames names of the input images, one per view
     * @param files other files in the folder
     * @return paths of the written files
     * @throws IllegalArgumentException if the number of names is not the number of views
     */
    public static List<Path> write(
            ExportDirectory folder, String name, Scene scene, List<String> imageNames, SceneFiles files)
            throws IOException {
        if (imageNames.size() != scene.views().size()) {
            throw Check.invalid("number of image names", scene.views().size() + ", one per view", imageNames.size());
        }
        SceneDescription description = ViewerFiles.write(name, scene, imageNames, files, folder);
        byte[] json = SceneJson.bytes(description);
        List<Path> written = new ArrayList<>();
        description.viewerPaths().forEach(path -> written.add(folder.root().resolve(path)));
        written.add(folder.write(DESCRIPTION, out -> out.write(json)));
        return written;
    }

    /**
     * Reads a description. Its paths are not checked.
     *
     * @param file path of the description
     * @throws IOException if it cannot be read, is malformed or has more than 1 MiB
     */
    public static SceneDescription read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException(Check.message("size of " + file, "at most " + MAX_BYTES + " bytes", "more"));
            }
            return SceneJson.scene(bytes);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is not a valid scene description: " + e.getMessage(), e);
        }
    }
}
