package da3.streaming.salad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import da3.core.EngineOptions;
import da3.geometry.Image;
import da3.nn.WeightsException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A network with few channels. Expected values are those of a program in PyTorch 2.13 with float64, written after the paper
 * for the same weights and images.
 */
class SaladTest {

    private static final double[] NOISE = {
        0.2593700,
        0.0613868,
        0.0477705,
        0.1445802,
        -0.1094360,
        -0.2115311, //
        0.1253733,
        0.0878010,
        0.1080589,
        0.0858608,
        0.0949840,
        0.0986152, //
        -0.0809624,
        -0.1188538,
        -0.1109868,
        -0.1027670,
        -0.1064006,
        -0.1818722, //
        -0.1784259,
        -0.1741722,
        -0.1898271,
        -0.1831390,
        -0.3343292,
        -0.3213297, //
        -0.3311931,
        -0.3236406,
        -0.3260590,
        -0.0568698,
        -0.0514606,
        -0.0494376, //
        -0.0452130,
        -0.0436604,
        -0.0656893,
        -0.0559188,
        -0.0671384,
        -0.0652830, //
        -0.0621290
    };

    private static final double[] RAMPS = {
        0.3121793,
        0.0057235,
        0.0787776,
        0.0794551,
        0.0080502,
        -0.2378953, //
        0.0000572,
        0.0468357,
        0.1227529,
        0.0506399,
        0.0683814,
        0.0915889, //
        -0.0893744,
        -0.1337515,
        -0.0931838,
        -0.1143195,
        -0.1232623,
        -0.1083747, //
        -0.1932660,
        -0.1059401,
        -0.1304726,
        -0.1646503,
        -0.3758422,
        -0.3001156, //
        -0.3737452,
        -0.3583132,
        -0.3337230,
        -0.0034586,
        -0.0333148,
        0.0007222, //
        -0.0041583,
        -0.0146678,
        -0.0589145,
        -0.0719577,
        -0.0671545,
        -0.0591015, //
        -0.0662469
    };

    @TempDir
    private Path folder;

    @Test
    void agreesWithPyTorch() throws IOException {
        try (Salad salad = Salad.open(SmallSalad.write(folder.resolve("salad.safetensors")), onednn())) {
            assertThat(toDoubles(salad.describe(noise()))).containsExactly(NOISE, within(1e-5));
            assertThat(toDoubles(salad.describe(ramps()))).containsExactly(RAMPS, within(1e-5));
            assertThat(salad.description()).startsWith("DINOv2-SALAD with SHA-256 ");
        }
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        Path other = SmallSalad.write(folder.resolve("other.safetensors"), "backbone.model.pos_embed");
        assertThatExceptionOfType(WeightsException.class)
                .isThrownBy(() -> Salad.open(other, onednn()))
                .withMessageStartingWith("tensors of " + other + " must be those of DINOv2-SALAD, such as");
        Path incomplete = SmallSalad.write(folder.resolve("incomplete.safetensors"), "aggregator.score.3.bias");
        assertThatExceptionOfType(WeightsException.class)
                .isThrownBy(() -> Salad.open(incomplete, onednn()))
                .withMessage(incomplete + " has no tensor aggregator.score.3.bias");
    }

    private static EngineOptions onednn() {
        return new EngineOptions("onednn", 1);
    }

    private static Image noise() {
        double[] values = SmallSalad.uniform(3 * Salad.SIDE * Salad.SIDE, 1);
        byte[] rgb = new byte[values.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) ((values[i] + 1) * 127.5 + 0.5);
        }
        return new Image(Salad.SIDE, Salad.SIDE, rgb);
    }

    /** Returns an image of ramps that differ by channel. */
    private static Image ramps() {
        byte[] rgb = new byte[3 * Salad.SIDE * Salad.SIDE];
        for (int i = 0; i < rgb.length; i++) {
            int x = i / 3 % Salad.SIDE;
            int y = i / 3 / Salad.SIDE;
            rgb[i] = (byte) ((x * 5 * (1 + i % 3) / 7 + y * 6 / 5) % 256);
        }
        return new Image(Salad.SIDE, Salad.SIDE, rgb);
    }

    private static double[] toDoubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
