package da3.nn.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import da3.nn.Parameter;
import da3.nn.Scope;
import da3.nn.Tensor;
import da3.nn.WeightSource;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

/** Temporary memory of gradients, by the high-water mark of the arena. */
class BackwardPeakTest {

    @Test
    void attentionNeedsLinearMemoryAndBlocksOfScores() {
        int tokens = 6000; // the scores of one head would take 144 MB, those of all four heads 576 MB
        int channels = 4 * 8;
        try (Nd4jEngine engine = new Nd4jEngine(1)) {
            engine.run(() -> {
                try (Scope scope = engine.scope()) {
                    Tensor qkv = engine.upload(new float[tokens * 3 * channels], 1, tokens, 3 * channels);
                    Tensor y = engine.attention(qkv, 4, null, null);
                    engine.attentionBackward(y, y, qkv, 4, null, null, false);
                    return null;
                }
            });
            long perToken = 4L * tokens * channels;
            assertThat(engine.activationPeakBytes()).isLessThan(20 * perToken + (2L << 22));
        }
    }

    @Test
    void convolutionNeedsOneBandOfOneView() {
        int side = 400;
        int channels = 16;
        try (Nd4jEngine engine = new Nd4jEngine(1)) {
            Parameter weight =
                    engine.parameter(new Zeros(), "weight", Parameter.Role.CONVOLUTION, channels, channels, 3, 3);
            engine.run(() -> {
                try (Scope scope = engine.scope()) {
                    Tensor x = engine.upload(new float[4 * side * side * channels], 4, side, side, channels);
                    engine.convolutionBackwardWeight(x, x, weight, 1);
                    engine.convolutionBackwardData(x, weight, 1, side, side);
                    return null;
                }
            });
            long map = 4L * side * side * channels; // of one view
            // x and dx, one padded view, and a band of taps
            assertThat(engine.activationPeakBytes()).isLessThan(10 * map + (4L << 21));
        }
    }

    /** Uninitialized weights, since values do not matter here. */
    private static final class Zeros implements WeightSource {
        @Override
        public boolean has(String name) {
            return true;
        }

        @Override
        public void require(String name, int... shape) {}

        @Override
        public void read(String name, int[] shape, FloatBuffer into) {}

        @Override
        public String description() {
            return "zeros";
        }

        @Override
        public void close() {}
    }
}
