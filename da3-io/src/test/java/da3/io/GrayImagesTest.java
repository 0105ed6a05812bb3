package da3.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrayImagesTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"TYPE_USHORT_GRAY, 11, 65535", "TYPE_BYTE_GRAY, 10, 255"})
    void samplesAreNotScaled(String name, int type, int largest) throws IOException {
        Path file = image(type, 3, 2, largest);
        assertThat(GrayImages.read(file).values()).containsExactly(0, 1, 2, 10, 11, largest);
        assertThat(GrayImages.read(file)).hasToString("ScalarMap[3x2]");
    }

    @Test
    void colorsAreRefused() throws IOException {
        Path file = image(BufferedImage.TYPE_3BYTE_BGR, 1, 1, 0);
        assertThatExceptionOfType(ImageFormatException.class)
                .isThrownBy(() -> GrayImages.read(file))
                .withMessage(file + ": the number of channels must be 1, got 3");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> GrayImages.read(folder.resolve("depth.png")))
                .withMessageContaining("depth.png");
    }

    private Path image(int type, int width, int height, int last) throws IOException {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.getRaster().setSample(x, y, 0, 10 * y + x);
            }
        }
        image.getRaster().setSample(width - 1, height - 1, 0, last);
        Path file = folder.resolve("image.png");
        ImageIO.write(image, "png", file.toFile());
        return file;
    }
}
