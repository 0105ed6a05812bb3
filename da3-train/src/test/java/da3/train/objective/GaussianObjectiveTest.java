package da3.train.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.gaussian.GaussianOptions;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import da3.geometry.splat.SplatOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GaussianObjectiveTest {

    private static final int COLUMNS = 3;
    private static final int ROWS = 2;
    private static final int PIXELS = COLUMNS * ROWS;
    private static final int VIEWS = 2;
    private static final int WIDTH = 13;
    private static final int HEIGHT = 11;
    /** Large, with the five-point formula, because images are in single precision. */
    private static final double STEP = 2.5e-2;

    /** Small enough to keep the order of Gaussians. */
    private static final double DEPTH_STEP = 1e-2;

    /** Wide Gaussians, which reach every pixel: the loss of narrow ones jumps where they cease to reach a pixel. */
    private static final GaussianOptions OPTIONS = new GaussianOptions(1, false, true, true, 12, 20, 0.5, 0.7);

    private static final int CHANNELS = OPTIONS.channels() + 1;
    private static final SplatOptions SPLATS = SplatOptions.defaults().withThreads(2);

    @ParameterizedTest
    @CsvSource({"1, 0, 0", "0, 1, 0", "0, 0, 1", "1, 0.2, 0.3"})
    void gradientsAgreeWithDifferencesInRandomDirections(double mse, double ssim, double depth) {
        GaussianObjective objective = new GaussianObjective(OPTIONS, new GaussianWeights(mse, ssim, depth), SPLATS);
        float[] head = head();
        float[] depths = depths();
        List<RenderTarget> targets = targets();
        GaussianLoss loss = objective.evaluate(prediction(head, depths), targets);
        assertThat(loss.total()).isPositive();
        double[] expected = new double[CHANNELS + 1];
        double[] slopes = new double[CHANNELS + 1];
        for (int channel = 0; channel <= CHANNELS; channel++) {
            // the direction after the last channel changes depths
            float[] direction = direction(channel, head.length + depths.length);
            for (int i = 0; i < direction.length; i++) {
                expected[channel] += direction[i] * (i < head.length ? loss.head()[i] : loss.depths()[i - head.length]);
            }
            double step = channel == CHANNELS ? DEPTH_STEP : STEP;
            double near = loss(objective, head, depths, targets, direction, step)
                    - loss(objective, head, depths, targets, direction, -step);
            double far = loss(objective, head, depths, targets, direction, 2 * step)
                    - loss(objective, head, depths, targets, direction, -2 * step);
            slopes[channel] = (8 * near - far) / (12 * step);
        }
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertThat(largest).isGreaterThan(1e-3);
        for (int channel = 0; channel <= CHANNELS; channel++) {
            double tolerance = 1e-3 * Math.max(Math.abs(expected[channel]), 0.25 * largest);
            assertThat(slopes[channel]).as("channel " + channel).isCloseTo(expected[channel], within(tolerance));
        }
    }

    private static double loss(
            GaussianObjective objective,
            float[] head,
            float[] depths,
            List<RenderTarget> targets,
            float[] direction,
            double step) {
        float[] movedHead = head.clone();
        float[] movedDepths = depths.clone();
        for (int i = 0; i < head.length; i++) {
            movedHead[i] += (float) (step * direction[i]);
        }
        for (int i = 0; i < depths.length; i++) {
            movedDepths[i] += (float) (step * direction[head.length + i]);
        }
        return objective.evaluate(prediction(movedHead, movedDepths), targets).total();
    }

    @Test
    void descentReducesTheLoss() {
        GaussianObjective objective = new GaussianObjective(OPTIONS, GaussianWeights.defaults(), SPLATS);
        float[] head = head();
        double first = objective.evaluate(prediction(head, depths()), targets()).total();
        double last = first;
        for (int step = 0; step < 30; step++) {
            GaussianLoss loss = objective.evaluate(prediction(head, depths()), targets());
            last = loss.total();
            for (int i = 0; i < head.length; i++) {
                head[i] -= 20 * loss.head()[i];
            }
        }
        assertThat(last).isLessThan(0.9 * first);
    }

    @Test
    void gaussiansBehindTheirCameraHaveNoGradient() {
        GaussianObjective objective = new GaussianObjective(OPTIONS, GaussianWeights.defaults(), SPLATS);
        float[] head = head();
        head[CHANNELS - 2] = -10; // depth offset of the first pixel
        GaussianLoss loss = objective.evaluate(prediction(head, depths()), targets());
        assertThat(loss.total()).isFinite();
        for (int channel = 0; channel < CHANNELS; channel++) {
            assertThat(loss.head()[channel]).isZero();
        }
        assertThat(loss.head()[2 * CHANNELS - 1]).isNotZero();
    }

    @Test
    void theLossOfAPredictionThatIsNotFiniteIsNan() {
        float[] head = head();
        head[5] = Float.NaN;
        GaussianLoss loss = new GaussianObjective(OPTIONS, GaussianWeights.defaults(), SPLATS)
                .evaluate(prediction(head, depths()), targets());
        assertThat(loss.total()).isNaN();
        assertThat(loss.head()).containsOnly(0);
    }

    @Test
    void rejectsMissingTargetsAndOtherShapes() {
        GaussianObjective objective = new GaussianObjective(OPTIONS, GaussianWeights.defaults(), SPLATS);
        assertThatThrownBy(() -> objective.evaluate(prediction(head(), depths()), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("number of targets must be at least 1, got 0");
        assertThatThrownBy(() -> objective.evaluate(prediction(new float[7], depths()), targets()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("output of the Gaussian head must have 276 values for shape [12, 23], got 7");
        assertThatThrownBy(() -> new GaussianWeights(-1, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("weight of the squared error must be finite and at least 0, got -1.0");
    }

    private static GaussianPrediction prediction(float[] head, float[] depths) {
        List<ScalarMap> maps = new ArrayList<>();
        for (int view = 0; view < VIEWS; view++) {
            float[] map = new float[PIXELS];
            System.arraycopy(depths, view * PIXELS, map, 0, PIXELS);
            maps.add(new ScalarMap(COLUMNS, ROWS, map));
        }
        Intrinsics k = new Intrinsics(3, 3, 1.5, 1);
        return new GaussianPrediction(head, maps, List.of(new Camera(pose(0), k), new Camera(pose(0.2), k)));
    }

    private static Pose pose(double offset) {
        return new Pose(new Quaternion(0, -0.1 * offset, 0, 1).toMatrix(), new Vec3(-offset, 0.1 * offset, 0));
    }

    /** Depths that differ by more than steps change them, so that the order of Gaussians is constant. */
    private static float[] depths() {
        float[] depths = new float[VIEWS * PIXELS];
        for (int i = 0; i < depths.length; i++) {
            depths[i] = 2 + 0.25f * (i * 5 % depths.length);
        }
        return depths;
    }

    private static float[] head() {
        Random random = new Random(3);
        float[] head = new float[VIEWS * PIXELS * CHANNELS];
        for (int i = 0; i < head.length; i++) {
            head[i] = (float) (0.5 * random.nextGaussian());
            if (i % CHANNELS == CHANNELS - 1) {
                head[i] -= 0.7f; // opacities around a third
            } else if (i % CHANNELS == CHANNELS - 2) {
                head[i] *= 0.1f; // depth offsets
            } else if (i % CHANNELS >= 5 && i % CHANNELS < 9) {
                head[i] *= 4; // rotations: short quaternions turn fast
            }
        }
        return head;
    }

    private static float[] direction(int channel, int length) {
        Random random = new Random(channel);
        float[] direction = new float[length];
        for (int i = 0; i < length; i++) {
            int own = i < VIEWS * PIXELS * CHANNELS ? i % CHANNELS : CHANNELS;
            direction[i] = own == channel ? (float) random.nextGaussian() : 0;
        }
        return direction;
    }

    private static List<RenderTarget> targets() {
        Random random = new Random(4);
        List<RenderTarget> targets = new ArrayList<>();
        for (int target = 0; target < 2; target++) {
            float[] rgb = new float[3 * WIDTH * HEIGHT];
            float[] depth = new float[WIDTH * HEIGHT];
            for (int i = 0; i < rgb.length; i++) {
                rgb[i] = 0.2f + 0.6f * (i % (3 * WIDTH)) / (3 * WIDTH) + 0.1f * random.nextFloat();
            }
            for (int i = 0; i < depth.length; i++) {
                depth[i] = i % 7 == 0 ? 0 : 2 + random.nextFloat();
            }
            Camera camera = new Camera(pose(0.1 + 0.2 * target), new Intrinsics(13, 13, 6.5, 5.5));
            targets.add(new RenderTarget(camera, rgb, new ScalarMap(WIDTH, HEIGHT, depth)));
        }
        return targets;
    }
}
