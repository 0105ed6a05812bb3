package da3.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import da3.nn.Precision;
import da3.nn.Scope;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FloatRowsTest {

    private static final int ROWS = 5;
    private static final int LENGTH = 7;

    private ExecutionContext context;

    @BeforeEach
    void start() {
        Library.load();
        context = new ExecutionContext(
                new ThreadPool("threads", 1, () -> {}),
                new Kernels(1, 16),
                new TensorMemory(() -> {}, 0),
                Precision.FLOAT32,
                Precision.FLOAT32);
    }

    @AfterEach
    void release() {
        context.threads().close();
        context.memory().clear();
        context.kernels().release();
    }

    /** Tensors of 2 GiB and more need several buffers. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2 * LENGTH, 3 * LENGTH + 1, ROWS * LENGTH})
    void readsAndWritesRowsOfSeveralBuffers(int maxBufferValues) {
        float[] values = RandomWeights.values(1, ROWS * LENGTH);
        try (Scope scope = context.memory().scope()) {
            FloatRows from = new FloatRows(context, context.write(values, ROWS, LENGTH), LENGTH, maxBufferValues);
            OneDnnTensor reversed = context.memory().tensor(ROWS, LENGTH);
            FloatRows to = new FloatRows(context, reversed, LENGTH, maxBufferValues);
            float[] row = new float[LENGTH];
            for (int i = 0; i < ROWS; i++) {
                from.read(0, i, row);
                assertThat(row).isEqualTo(Arrays.copyOfRange(values, i * LENGTH, (i + 1) * LENGTH));
                to.write(0, ROWS - 1 - i, row);
            }
            float[] read = context.read(reversed);
            for (int i = 0; i < ROWS; i++) {
                assertThat(Arrays.copyOfRange(read, i * LENGTH, (i + 1) * LENGTH))
                        .isEqualTo(Arrays.copyOfRange(values, (ROWS - 1 - i) * LENGTH, (ROWS - i) * LENGTH));
            }
        }
    }
}
