package da3.evaluation.lpips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import da3.core.EngineOptions;
import da3.geometry.Image;
import da3.nn.WeightsException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Networks with few channels. Expected values are from the published code (package lpips 0.1.4, classes LPIPS, alexnet and
 * vgg16) in PyTorch 2.13 with float64, for the same weights and images.
 */
class LpipsTest {

    private static final int WIDTH = 45;
    private static final int HEIGHT = 37;

    @TempDir
    private Path folder;

    private Lpips open(SmallLpips network) throws IOException {
        return Lpips.open(network.write(folder.resolve("lpips.safetensors")), new EngineOptions("onednn", 1));
    }

    /** Returns an image of noise. */
    private static Image noise(int seed) {
        double[] values = SmallLpips.uniform(3 * WIDTH * HEIGHT, seed);
        byte[] rgb = new byte[values.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) ((values[i] + 1) * 127.5 + 0.5);
        }
        return new Image(WIDTH, HEIGHT, rgb);
    }

    /** Returns an image of ramps that differ by channel. */
    private static Image ramps(int slope) {
        byte[] rgb = new byte[3 * WIDTH * HEIGHT];
        for (int i = 0; i < rgb.length; i++) {
            int x = i / 3 % WIDTH;
            int y = i / 3 / WIDTH;
            rgb[i] = (byte) ((x * 5 * (1 + i % 3 * slope) + y * 3 * (slope + 1)) % 256);
        }
        return new Image(WIDTH, HEIGHT, rgb);
    }

    @Test
    void alexNetAgreesWithThePublishedCode() throws IOException {
        try (Lpips lpips = open(SmallLpips.ALEX)) {
            assertThat(lpips.between(noise(1), noise(2))).isCloseTo(0.885679169, within(1e-5));
            assertThat(lpips.between(ramps(1), ramps(2))).isCloseTo(1.587373896, within(1e-5));
            assertThat(lpips.description()).startsWith("LPIPS 0.1 with AlexNet, weights with SHA-256 ");
        }
    }

    @Test
    void vggAgreesWithThePublishedCode() throws IOException {
        try (Lpips lpips = open(SmallLpips.VGG)) {
            assertThat(lpips.between(noise(1), noise(2))).isCloseTo(0.804442171, within(1e-5));
            assertThat(lpips.between(ramps(1), ramps(2))).isCloseTo(1.203687032, within(1e-5));
            assertThat(lpips.description()).startsWith("LPIPS 0.1 with VGG-16, weights with SHA-256 ");
        }
    }

    @Test
    void equalImagesHaveNoDistanceAndOrderDoesNotMatter() throws IOException {
        try (Lpips lpips = open(SmallLpips.ALEX)) {
            assertThat(lpips.between(noise(1), noise(1))).isZero();
            assertThat(lpips.between(noise(1), ramps(1))).isEqualTo(lpips.between(ramps(1), noise(1)));
        }
    }

    @Test
    void theShortestSideIsThatOfTheNetwork() throws IOException {
        for (SmallLpips network : SmallLpips.values()) {
            try (Lpips lpips = open(network)) {
                int side = lpips.minSide();
                assertThat(lpips.between(gray(side, side, 10), gray(side, side, 200)))
                        .isPositive();
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> lpips.between(gray(side, side - 1, 0), gray(side, side - 1, 0)))
                        .withMessage("shorter side of images must be at least " + side + ", got " + (side - 1));
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> lpips.between(gray(side, side, 0), gray(side + 1, side, 0)))
                        .withMessageStartingWith("size of the second image must be the same as that of the first");
            }
        }
    }

    private static Image gray(int width, int height, int level) {
        byte[] rgb = new byte[3 * width * height];
        Arrays.fill(rgb, (byte) level);
        return new Image(width, height, rgb);
    }

    @Test
    void filesWithoutTheNetworkAreRefused() throws IOException {
        Path file = SmallLpips.ALEX.write(folder.resolve("other.safetensors"), "net.slice2.3.weight");
        assertThatExceptionOfType(WeightsException.class)
                .isThrownBy(() -> Lpips.open(file, EngineOptions.defaults()))
                .withMessageContaining("must be those of LPIPS with AlexNet or VGG-16");
        Path incomplete = SmallLpips.ALEX.write(folder.resolve("incomplete.safetensors"), "lin4.model.1.weight");
        assertThatExceptionOfType(WeightsException.class)
                .isThrownBy(() -> Lpips.open(incomplete, new EngineOptions("onednn", 1)))
                .withMessageEndingWith("incomplete.safetensors has no tensor lin4.model.1.weight");
    }

    @Test
    void filesAboveTheSizeOfAnArrayAreRefusedByName() throws IOException {
        long floats = 600_000_000;
        String header =
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[" + floats + "],\"data_offsets\":[0," + 4 * floats + "]}}";
        Path file = folder.resolve("giant.safetensors");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.writeLong(Long.reverseBytes(header.length()));
            sparse.writeBytes(header);
            sparse.setLength(Long.BYTES + header.length() + 4 * floats);
        }
        assertThatExceptionOfType(WeightsException.class)
                .isThrownBy(() -> Lpips.open(file, new EngineOptions("onednn", 1)))
                .withMessageContaining("tensors of " + file + " must be those of LPIPS");
    }
}
