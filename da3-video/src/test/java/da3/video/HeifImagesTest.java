package da3.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Image;
import da3.io.ImageFormatException;
import da3.io.ImageSize;
import da3.io.Images;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests of HEIF photos. The files contain an image of 100x72 pixels with red, green, blue and yellow quarters, encoded by
 * libheif and x265: as one coded image, as a grid of 2x2 tiles of 64x64 pixels as phones write it, and as this grid turned
 * by a quarter to the left.
 */
class HeifImagesTest {

    private static final int[] RED = {200, 40, 40};
    private static final int[] GREEN = {40, 160, 60};
    private static final int[] BLUE = {50, 60, 200};
    private static final int[] YELLOW = {220, 200, 60};

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"whole.heic", "tiles.heic"})
    void photosAreDecoded(String name) throws IOException {
        Image image = Images.read(file(name));
        assertThat(Images.size(file(name))).isEqualTo(new ImageSize(100, 72));
        assertThat(image.width()).isEqualTo(100);
        assertThat(image.height()).isEqualTo(72);
        assertColors(image, RED, GREEN, BLUE, YELLOW);
    }

    @Test
    void aTurnedPhotoIsUpright() throws IOException {
        Image image = Images.read(file("turned.heic"));
        assertThat(Images.size(file("turned.heic"))).isEqualTo(new ImageSize(72, 100));
        assertThat(image.width()).isEqualTo(72);
        assertThat(image.height()).isEqualTo(100);
        assertColors(image, GREEN, YELLOW, RED, BLUE);
    }

    @Test
    void damagedPhotosAreRejected() throws IOException {
        byte[] whole = Files.readAllBytes(file("tiles.heic"));
        for (int length : new int[] {12, 40, 300, whole.length / 2, whole.length - 200}) {
            Path cut = Files.write(folder.resolve("cut.heic"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Images.read(cut))
                    .isInstanceOf(ImageFormatException.class)
                    .hasMessageStartingWith(cut + ": ");
        }
    }

    private Path file(String name) throws IOException {
        Path file = folder.resolve(name);
        if (Files.notExists(file)) {
            try (InputStream in = Objects.requireNonNull(HeifImagesTest.class.getResourceAsStream(name))) {
                Files.copy(in, file);
            }
        }
        return file;
    }

    /** Checks the colors in the middle of each quarter, from left to right and from top to bottom. */
    private static void assertColors(Image image, int[]... quarters) {
        for (int q = 0; q < quarters.length; q++) {
            int x = image.width() * (1 + 2 * (q % 2)) / 4;
            int y = image.height() * (1 + 2 * (q / 2)) / 4;
            for (int c = 0; c < 3; c++) {
                assertThat(image.channel(x, y, c))
                        .as("channel %d at %d, %d", c, x, y)
                        .isCloseTo(quarters[q][c], within(4));
            }
        }
    }
}
