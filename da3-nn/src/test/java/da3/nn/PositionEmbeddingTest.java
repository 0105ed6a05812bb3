package da3.nn;

import static da3.nn.EngineUnderTest.assertClose;
import static da3.nn.EngineUnderTest.random;
import static org.assertj.core.api.Assertions.assertThat;

import da3.nn.internal.PositionEmbedding;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PositionEmbeddingTest {

    private static final int GRID = 4;
    private static final int DIM = 3;

    @Test
    void theTrainedGridIsNotResampled() {
        float[] table = random(1, (1 + GRID * GRID) * DIM);
        float[] same = new PositionEmbedding(table, GRID, DIM, 0.1).resampled(GRID, GRID);
        assertThat(same).isEqualTo(table).isNotSameAs(table);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0.1", "2, 3, 0.1", "4, 5, 0", "9, 4, 0.1", "37, 20, 0.1"})
    void aConstantStaysConstantAndToken0IsUnchanged(int rows, int columns, double offset) {
        float[] table = new float[(1 + GRID * GRID) * DIM];
        Arrays.fill(table, DIM, table.length, 0.7f);
        table[1] = 5;
        float[] resampled = new PositionEmbedding(table, GRID, DIM, offset).resampled(rows, columns);
        double[] expected = new double[(1 + rows * columns) * DIM];
        Arrays.fill(expected, DIM, expected.length, 0.7f);
        expected[1] = 5;
        assertClose(resampled, expected, 1e-6);
    }

    @Test
    void halvingUsesFourNeighborsPerAxis() {
        float[] table = new float[1 + GRID * GRID];
        table[1 + GRID + 1] = 1; // row 1, column 1
        float[] half = new PositionEmbedding(table, GRID, 1, 0).resampled(2, 2);
        // the cubic with a = -0.75 at distances 1/2 and 3/2
        double near = 19.0 / 32;
        double far = -3.0 / 32;
        assertClose(half, new double[] {0, near * near, near * far, far * near, far * far}, 1e-7);
    }

    @Test
    void withoutOffsetAMirroredTableGivesAMirroredResult() {
        float[] table = random(2, 1 + GRID * GRID);
        float[] mirrored = table.clone();
        for (int i = 0; i < GRID * GRID; i++) {
            mirrored[1 + i] = table[1 + i / GRID * GRID + GRID - 1 - i % GRID];
        }
        float[] a = new PositionEmbedding(table, GRID, 1, 0).resampled(3, 7);
        float[] b = new PositionEmbedding(mirrored, GRID, 1, 0).resampled(3, 7);
        double[] expected = new double[a.length];
        expected[0] = a[0];
        for (int i = 0; i < 21; i++) {
            expected[1 + i] = a[1 + i / 7 * 7 + 6 - i % 7];
        }
        assertClose(b, expected, 1e-6);
    }

    @Test
    void theOffsetWidensTheTargetGrid() {
        float[] table = new float[1 + GRID * GRID];
        for (int i = 0; i < GRID * GRID; i++) {
            table[1 + i] = i % GRID == 0 ? 1 : 0; // the first column
        }
        float[] without = new PositionEmbedding(table, GRID, 1, 0).resampled(8, 8);
        float[] with = new PositionEmbedding(table, GRID, 1, 1).resampled(8, 8);
        // column 2 samples at 2.5 x 4/8 - 0.5 = 0.75, and with the offset, nearer, at 2.5 x 4/9 - 0.5
        assertThat(with[1 + 2]).isGreaterThan(without[1 + 2] + 0.05f);
    }
}
