package da3.evaluation.lpips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import da3.core.EngineOptions;
import da3.core.Engines;
import da3.core.lpips.LpipsNetwork;
import da3.core.lpips.LpipsWeights;
import da3.nn.Engine;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Gradients of networks with few channels. Expected values are from the automatic differentiation of the same networks in
 * PyTorch 2 with float64, whose distances are those of the published code.
 */
class LpipsGradientTest {

    private static final int WIDTH = 45;
    private static final int HEIGHT = 37;

    private static Engine engine;

    @TempDir
    private Path folder;

    @BeforeAll
    static void create() {
        engine = Engines.create(new EngineOptions("onednn", 1));
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    private LpipsNetwork network(SmallLpips network) throws IOException {
        return new LpipsNetwork(engine, LpipsWeights.read(network.write(folder.resolve("lpips.safetensors"))));
    }

    /** Returns an image of noise with values of bytes. */
    private static float[] noise(int seed) {
        double[] values = SmallLpips.uniform(3 * WIDTH * HEIGHT, seed);
        float[] rgb = new float[values.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = ((byte) ((values[i] + 1) * 127.5 + 0.5) & 0xff) / 255f;
        }
        return rgb;
    }

    private static double differentiate(LpipsNetwork network, float[] a, double weight, double[] gradient) {
        return engine.run(() -> network.differentiate(a, noise(2), WIDTH, HEIGHT, weight, gradient));
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    @ParameterizedTest
    @CsvSource({
        "ALEX, 0.88567916, 0.5701572686, 0.5230588025, -0.4346067687, -0.00793280675, -0.00499793960",
        "VGG, 0.80444217, 1.3564430603, -0.3957140988, -0.0694887182, 0.03044745352, -0.04404441294"
    })
    void agreesWithPyTorch(
            SmallLpips small, double distance, double norm, double sum, double projection, double at1000, double at2500)
            throws IOException {
        double[] gradient = new double[3 * WIDTH * HEIGHT];
        assertThat(differentiate(network(small), noise(1), 1, gradient)).isCloseTo(distance, within(1e-5));
        assertThat(Math.sqrt(dot(gradient, gradient))).isCloseTo(norm, within(1e-4));
        assertThat(dot(gradient, SmallLpips.uniform(gradient.length, 9))).isCloseTo(projection, within(1e-4));
        double total = 0;
        for (double value : gradient) {
            total += value;
        }
        assertThat(total).isCloseTo(sum, within(1e-4));
        assertThat(gradient[1000]).isCloseTo(at1000, within(1e-6));
        assertThat(gradient[2500]).isCloseTo(at2500, within(1e-6));
    }

    @ParameterizedTest
    @EnumSource
    void agreesWithDifferencesAndIsAdded(SmallLpips small) throws IOException {
        LpipsNetwork network = network(small);
        double[] gradient = new double[3 * WIDTH * HEIGHT];
        differentiate(network, noise(1), 1, gradient);
        double norm = Math.sqrt(dot(gradient, gradient));
        double[] ends = new double[2];
        for (int i = 0; i < 2; i++) {
            float[] moved = noise(1);
            for (int j = 0; j < moved.length; j++) {
                moved[j] += (float) ((i == 0 ? -2e-3 : 2e-3) * gradient[j] / norm);
            }
            ends[i] = engine.run(() -> network.distance(moved, noise(2), WIDTH, HEIGHT));
        }
        assertThat((ends[1] - ends[0]) / 4e-3).isCloseTo(norm, within(0.01 * norm));

        double[] twice = gradient.clone();
        differentiate(network, noise(1), -1, twice);
        assertThat(Math.sqrt(dot(twice, twice))).isZero();
    }

    @Test
    void equalImagesHaveNoGradientAndSizesAreChecked() throws IOException {
        LpipsNetwork network = network(SmallLpips.ALEX);
        double[] gradient = new double[3 * WIDTH * HEIGHT];
        assertThat(differentiate(network, noise(2), 1, gradient)).isZero();
        assertThat(gradient).containsOnly(0);
        float[] black = new float[3 * WIDTH * HEIGHT]; // features of a constant image have no length in many places
        differentiate(network, black, 1, gradient);
        assertThat(dot(gradient, gradient)).isFinite().isPositive();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> differentiate(network, new float[3], 1, gradient))
                .withMessageStartingWith("values of an image of 45x37 must be 4995, got 3");
    }
}
