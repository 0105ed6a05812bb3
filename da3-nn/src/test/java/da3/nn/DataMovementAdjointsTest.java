package da3.nn;

import static da3.nn.EngineUnderTest.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.nn.autograd.DifferentiableEngine;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks data movements A and their adjoints A': the dot product of A x and y equals that of x and A' y. */
class DataMovementAdjointsTest {

    private static EngineUnderTest under;
    private static DifferentiableEngine engine;

    @BeforeAll
    static void open() {
        under = new EngineUnderTest();
        engine = under.differentiable();
    }

    @AfterAll
    static void close() {
        under.close();
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 0, 1", "3, 6, 5, 1, 6", "2, 9, 7, 2, 5", "3, 4, 1, 3, 4"})
    void tokens(int views, int count, int channels, int from, int to) {
        assertAdjoint(
                new int[] {views, count, channels},
                x -> engine.tokens(x, from, to),
                dy -> engine.tokensBackward(dy, from, count));
    }

    @Test
    void reorderedViews() {
        assertAdjoint(
                new int[] {4, 3, 5},
                x -> engine.reorderViews(x, new int[] {2, 0, 2, 2, 3}), // one repeated, one omitted
                dy -> engine.reorderViewsBackward(dy, new int[] {2, 0, 2, 2, 3}, 4));
        assertAdjoint(
                new int[] {1, 7},
                x -> engine.reorderViews(x, new int[] {0, 0, 0}),
                dy -> engine.reorderViewsBackward(dy, new int[] {0, 0, 0}, 1));
        assertAdjoint(
                new int[] {3, 2, 1, 3},
                x -> engine.views(x, 1, 2),
                dy -> engine.reorderViewsBackward(dy, new int[] {1}, 3));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 1, 1", "2, 3, 3, 5, 2", "3, 1, 2, 1, 14"})
    void patches(int views, int channels, int rows, int columns, int patch) {
        int h = rows * patch;
        int w = columns * patch;
        assertAdjoint(
                new int[] {views, channels, h, w},
                x -> engine.patches(x, patch),
                dy -> engine.patchesBackward(dy, patch, channels, h, w));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 1", "2, 3, 5, 7"})
    void channelsLast(int views, int channels, int h, int w) {
        assertAdjoint(new int[] {views, channels, h, w}, engine::channelsLast, engine::channelsLastBackward);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 1", "3, 5, 7, 2", "2, 3, 1, 9"})
    void concatenatedChannels(int views, int tokens, int first, int second) {
        float[] b = new float[views * tokens * second];
        assertAdjoint(
                new int[] {views, tokens, first},
                x -> engine.concatChannels(x, engine.upload(b, views, tokens, second)),
                dy -> engine.channels(dy, 0, first));
        assertAdjoint(
                new int[] {views, tokens, first},
                x -> engine.concatChannels(engine.upload(b, views, tokens, second), x),
                dy -> engine.channels(dy, second, second + first));
    }

    @Test
    void addToEveryView() {
        assertAdjoint(
                new int[] {5, 7},
                table -> engine.addToEveryView(engine.upload(new float[3 * 5 * 7], 3, 5, 7), table),
                engine::sumViews);
    }

    @ParameterizedTest
    @CsvSource({
        "3, 5, 7, 10, 14, 3", // up
        "1, 10, 14, 5, 7, 3", // down
        "2, 5, 9, 9, 4, 5", // up and down
        "1, 7, 1, 3, 2, 1",
    })
    void resize(int views, int h, int w, int rows, int columns, int channels) {
        assertAdjoint(
                new int[] {views, h, w, channels},
                x -> engine.resize(x, rows, columns),
                dy -> engine.resizeBackward(dy, h, w));
    }

    private static void assertAdjoint(int[] shape, UnaryOperator<Tensor> move, UnaryOperator<Tensor> adjoint) {
        int size = 1;
        for (int s : shape) {
            size *= s;
        }
        float[] x = random(1, size);
        List<float[]> values = under.runAll(() -> {
            Tensor moved = move.apply(engine.upload(x, shape));
            float[] y = random(2, engine.download(moved).length);
            Tensor dy = engine.upload(y, moved.shape());
            Tensor dx = adjoint.apply(dy);
            assertThat(dx.shape()).isEqualTo(shape);
            return List.of(moved, dy, dx);
        });
        assertThat(values.get(1)).isEqualTo(random(2, values.get(1).length)); // arguments are not modified
        double forward = dot(values.get(0), values.get(1));
        double norm = Math.sqrt(dot(values.get(0), values.get(0)) * dot(values.get(1), values.get(1)));
        assertThat(dot(x, values.get(2))).isEqualTo(forward, within(1e-6 * norm));
    }

    private static double dot(float[] a, float[] b) {
        assertThat(a).hasSameSizeAs(b);
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
