package da3.browser;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The two sample images of a synthetic room that the command contains. */
final class SamplePhotos {

    private SamplePhotos() {}

    static List<Path> in(Path folder) throws IOException {
        List<Path> photos = new ArrayList<>();
        for (String name : List.of("room-left.jpg", "room-right.jpg")) {
            Path photo = folder.resolve(name);
            try (InputStream in = Class.forName("da3.cli.Main").getResourceAsStream("sample/" + name)) {
                Files.copy(in, photo);
            } catch (ClassNotFoundException e) {
                throw new IOException(e);
            }
            photos.add(photo);
        }
        return photos;
    }
}
