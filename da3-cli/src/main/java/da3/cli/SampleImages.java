package da3.cli;

import da3.geometry.Image;
import da3.io.Images;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Two built-in images of a synthetic room, for running the command without input. */
final class SampleImages {

    private static final List<String> NAMES = List.of("room-left.jpg", "room-right.jpg");

    private SampleImages() {}

    static List<InputImage> all() {
        return NAMES.stream()
                .map(name -> InputImage.computed(name, () -> read(name)))
                .toList();
    }

    private static Image read(String name) throws IOException {
        Path file = Files.createTempFile("da3-sample", ".jpg");
        try (InputStream in = SampleImages.class.getResourceAsStream("sample/" + name)) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            return Images.read(file);
        } finally {
            Files.delete(file);
        }
    }
}
