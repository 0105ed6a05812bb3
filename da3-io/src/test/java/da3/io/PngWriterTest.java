package da3.io;

import static org.assertj.core.api.Assertions.assertThat;

import da3.geometry.Image;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PngWriterTest {

    @TempDir
    Path folder;

    @Test
    void imagesAreWrittenWithoutACacheOnDisk() throws IOException {
        Image image = Scenes.random(7, 5, 3).view(0).image();
        Path cache = Files.createDirectory(folder.resolve("cache"));
        File before = ImageIO.getCacheDirectory();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.setCacheDirectory(cache.toFile());
        try {
            Files.delete(cache);
            PngWriter.write(image, png);
        } finally {
            ImageIO.setCacheDirectory(before);
        }
        Path file = Files.write(folder.resolve("image.png"), png.toByteArray());
        assertThat(Images.read(file).rgb()).isEqualTo(image.rgb());
    }
}
