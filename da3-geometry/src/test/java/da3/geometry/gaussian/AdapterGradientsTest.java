package da3.geometry.gaussian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Camera;
import da3.geometry.GaussianCloud;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.RandomGeometry;
import da3.geometry.ScalarMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares gradients with differences of the adapted Gaussians in random directions. */
class AdapterGradientsTest {

    private static final int WIDTH = 5;
    private static final int HEIGHT = 3;
    private static final int PIXELS = WIDTH * HEIGHT;
    private static final float STEP = 0.02f;
    private static final List<Camera> CAMERAS = new RandomGeometry(4)
            .poses(3).stream()
                    .map(pose -> new Camera(pose, new Intrinsics(5, 8, 2, 1.5)))
                    .toList();

    @ParameterizedTest
    @CsvSource({"0, false, false, false", "1, true, true, false", "3, true, false, true", "2, false, true, true"})
    void gradientsAgreeWithDifferences(int degree, boolean offsetDepth, boolean offsetXy, boolean posesGiven) {
        GaussianOptions defaults = GaussianOptions.defaults(degree, offsetDepth, offsetXy);
        GaussianOptions options = new GaussianOptions(degree, false, offsetDepth, offsetXy, 0.1, 3, 0.5, 0.7);
        assertThat(options.channels()).isEqualTo(defaults.channels());
        GaussianAdapter adapter = new GaussianAdapter(options);
        Optional<List<Pose>> given = posesGiven
                ? Optional.of(CAMERAS.stream()
                        .map(c ->
                                c.pose().withTranslation(c.pose().translation().times(1.3)))
                        .toList())
                : Optional.empty();
        float[] raw = random(3 * PIXELS * options.channels(), 1);
        List<ScalarMap> depths = maps(2);
        GaussianCloud cloud = adapter.adapt(raw, depths, maps(3), CAMERAS, given);
        GaussianCloud weights = new GaussianCloud(
                random(cloud.means().length, 5),
                random(cloud.scales().length, 6),
                random(cloud.rotations().length, 7),
                random(cloud.harmonics().length, 8),
                random(cloud.opacities().length, 9),
                degree);
        AdapterGradients gradients =
                adapter.gradients(raw, depths, maps(3), CAMERAS, given, lossGradients(cloud, weights));
        for (int channel = 0; channel < options.channels(); channel++) {
            float[] direction = random(raw.length, 10);
            for (int i = 0; i < raw.length; i++) {
                direction[i] = i % options.channels() == channel ? direction[i] : 0;
            }
            double slope = slope(
                    step -> loss(adapter.adapt(moved(raw, direction, step), depths, maps(3), CAMERAS, given), weights));
            double expected = dot(direction, gradients.raw());
            assertThat(slope).as("channel " + channel).isCloseTo(expected, within(tolerance(expected)));
        }
        float[] direction = random(PIXELS, 11);
        double slope = slope(step -> {
            List<ScalarMap> changed = depths.stream()
                    .map(map -> new ScalarMap(WIDTH, HEIGHT, moved(map.values(), direction, step)))
                    .toList();
            return loss(adapter.adapt(raw, changed, maps(3), CAMERAS, given), weights);
        });
        double expected = 0;
        for (int i = 0; i < 3 * PIXELS; i++) {
            expected += direction[i % PIXELS] * gradients.depths()[i];
        }
        assertThat(slope).isCloseTo(expected, within(tolerance(expected)));
        assertThat(gradients.opacities()).isEqualTo(weights.opacities());
    }

    @Test
    void rejectsGradientsOfAnotherCloud() {
        GaussianAdapter adapter = new GaussianAdapter(GaussianOptions.defaults(0, false, false));
        float[] raw = random(3 * PIXELS * 10, 1);
        GaussianCloud other =
                new GaussianCloud(new float[3], new float[3], new float[4], new float[3], new float[1], 0);
        assertThatThrownBy(() -> adapter.gradients(raw, maps(2), maps(3), CAMERAS, Optional.empty(), other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("gradients of Gaussians must be of 45 with degree 0, got GaussianCloud[1, degree 0]");
    }

    /** Small slopes drown in the rounding of the cloud. */
    private static double tolerance(double slope) {
        return 1e-3 * Math.max(Math.abs(slope), 0.05);
    }

    private interface Loss {
        double at(float step);
    }

    /** The five-point formula, because single precision needs a large step. */
    private static double slope(Loss loss) {
        double near = loss.at(STEP) - loss.at(-STEP);
        double far = loss.at(2 * STEP) - loss.at(-2 * STEP);
        return (8 * near - far) / (12 * STEP);
    }

    /** Linear, but even in the rotations, whose sign jumps. */
    private static double loss(GaussianCloud cloud, GaussianCloud weights) {
        return dot(cloud.means(), weights.means())
                + dot(cloud.scales(), weights.scales())
                + dot(squares(cloud.rotations()), weights.rotations())
                + dot(cloud.harmonics(), weights.harmonics())
                + dot(cloud.opacities(), weights.opacities());
    }

    private static GaussianCloud lossGradients(GaussianCloud cloud, GaussianCloud weights) {
        float[] rotations = new float[cloud.rotations().length];
        for (int i = 0; i < rotations.length; i++) {
            rotations[i] = 2 * cloud.rotations()[i] * weights.rotations()[i];
        }
        return new GaussianCloud(
                weights.means(), weights.scales(), rotations, weights.harmonics(), weights.opacities(), cloud.degree());
    }

    private static float[] squares(float[] values) {
        float[] squares = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            squares[i] = values[i] * values[i];
        }
        return squares;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    private static float[] moved(float[] values, float[] direction, float step) {
        float[] moved = values.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += step * direction[i];
        }
        return moved;
    }

    private static List<ScalarMap> maps(long seed) {
        float[] values = random(3 * PIXELS, seed);
        return List.of(map(values, 0), map(values, 1), map(values, 2));
    }

    /** Values around 3. */
    private static ScalarMap map(float[] values, int view) {
        float[] map = new float[PIXELS];
        for (int i = 0; i < PIXELS; i++) {
            map[i] = 3 + 0.4f * values[view * PIXELS + i];
        }
        return new ScalarMap(WIDTH, HEIGHT, map);
    }

    private static float[] random(int length, long seed) {
        Random random = new Random(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
