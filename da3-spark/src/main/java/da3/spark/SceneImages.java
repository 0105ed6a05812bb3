package da3.spark;

import da3.geometry.Image;
import da3.io.Images;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;

/**
 * The images of a scene, read from local files or from a file system of Hadoop.
 *
 * @param names file names, one per image
 * @param images decoded images
 */
record SceneImages(List<String> names, List<Image> images) {

    /**
     * Reads images.
     *
     * @param locations paths or URIs of image files; a local folder stands for its images in the order of their names
     * @throws IOException if a file does not exist or is no image
     */
    static SceneImages read(List<String> locations) throws IOException {
        List<String> names = new ArrayList<>();
        List<Image> images = new ArrayList<>();
        for (String text : locations) {
            Location location = Location.of(text);
            if (location.isLocal()) {
                Path path = location.local();
                for (Path file : Files.isDirectory(path) ? Images.list(path) : List.of(path)) {
                    names.add(file.getFileName().toString());
                    images.add(Images.read(file));
                }
            } else {
                names.add(location.hadoop().getName());
                images.add(remote(location));
            }
        }
        return new SceneImages(names, images);
    }

    /** Reads an image through a temporary copy, since decoders read files at random positions. */
    private static Image remote(Location location) throws IOException {
        FileSystem files = HadoopFiles.of(location.hadoop());
        Path copy = Files.createTempFile("da3-image", "-" + location.hadoop().getName());
        try {
            Files.delete(copy); // the target of a copy must not exist
            files.copyToLocalFile(false, location.hadoop(), new org.apache.hadoop.fs.Path(copy.toUri()), true);
            return Images.read(copy);
        } finally {
            Files.deleteIfExists(copy);
        }
    }
}
