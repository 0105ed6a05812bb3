package da3.streaming.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;

class BlockCholeskyTest {

    @Test
    void solvesRandomSystemsLikeADenseSolver() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            BlockMatrix matrix = randomPattern(random, 1 + random.nextInt(40));
            fill(matrix, random);
            RealMatrix dense = dense(matrix);
            double[] shift = new double[matrix.offset(matrix.count())];
            double[] b = new double[shift.length];
            for (int i = 0; i < b.length; i++) {
                shift[i] = random.nextDouble();
                b[i] = random.nextGaussian();
                dense.addToEntry(i, i, shift[i]);
            }
            double[] expected = new CholeskyDecomposition(dense)
                    .getSolver()
                    .solve(new ArrayRealVector(b))
                    .toArray();

            BlockCholesky cholesky = new BlockCholesky(matrix);

            assertThat(cholesky.factorize(shift)).isTrue();
            double[] solution = cholesky.solve(b);
            assertThat(solution).containsExactly(expected, within(1e-9));
            assertThat(cholesky.factorize(shift)).isTrue();
            assertThat(cholesky.solve(b)).as("the same bits again").isEqualTo(solution);
        }
    }

    @Test
    void refusesMatricesThatAreNotPositiveDefinite() {
        BlockMatrix matrix = BlockMatrix.of(new int[] {2, 1}, List.of(new int[] {0, 1}));
        matrix.block(0, 0)[0] = 1;
        matrix.block(0, 0)[3] = 1;
        matrix.block(1, 0)[0] = 2;
        matrix.block(1, 1)[0] = 3; // less than 2 * 2

        BlockCholesky cholesky = new BlockCholesky(matrix);

        assertThat(cholesky.factorize(new double[3])).isFalse();
        assertThat(cholesky.factorize(new double[] {0, 0, 2})).isTrue();
        matrix.block(0, 0)[0] = Double.NaN;
        assertThat(cholesky.factorize(new double[3])).isFalse();
    }

    @Test
    void eliminationOfATreeAddsNoBlocks() {
        Random random = new Random(4);
        int n = 300;
        int[] sizes = new int[n];
        List<int[]> edges = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            sizes[i] = 6;
            if (i > 0) {
                edges.add(new int[] {random.nextInt(i), i});
            }
        }

        EliminationOrder order = EliminationOrder.of(BlockMatrix.of(sizes, edges));

        assertThat(order.blockCount()).isEqualTo(n + edges.size());
        assertThat(order.order()).doesNotHaveDuplicates().hasSize(n);
    }

    @Test
    void eliminatesASharedVariableLast() {
        int n = 50;
        int[] sizes = new int[n];
        List<int[]> edges = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            sizes[i] = i == 0 ? 1 : 6;
            if (i > 1) {
                edges.add(new int[] {0, i - 1, i}); // a chain whose edges share variable 0
            }
        }

        EliminationOrder order = EliminationOrder.of(BlockMatrix.of(sizes, edges));

        assertThat(order.blockCount()).isEqualTo(n + (n - 1) + (n - 2));
    }

    @Test
    void eliminationOfAGridAddsFewBlocks() {
        List<int[]> edges = SyntheticGraphs.sphere(30, 30).pairs();
        int[] sizes = new int[900];
        Arrays.fill(sizes, 6);

        long blocks = EliminationOrder.of(BlockMatrix.of(sizes, edges)).blockCount();

        assertThat(blocks).isLessThan(900 * 15); // in the given order about 900 * 30
    }

    private static BlockMatrix randomPattern(Random random, int n) {
        int[] sizes = random.ints(n, 1, 8).toArray();
        List<int[]> groups = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            groups.add(random.ints(3, 0, n).distinct().toArray());
        }
        return BlockMatrix.of(sizes, groups);
    }

    /** Fills a matrix with random values and a dominant diagonal. */
    private static void fill(BlockMatrix matrix, Random random) {
        for (int c = 0; c < matrix.count(); c++) {
            int n = matrix.size(c);
            for (int k = 0; k < matrix.rows(c).length; k++) {
                double[] block = matrix.blockAt(c, k);
                for (int i = 0; i < block.length; i++) {
                    block[i] = random.nextDouble() - 0.5;
                }
            }
            double[] diagonal = matrix.block(c, c);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < i; j++) {
                    diagonal[i * n + j] = diagonal[j * n + i];
                }
                diagonal[i * n + i] += 60;
            }
        }
    }

    private static RealMatrix dense(BlockMatrix matrix) {
        int n = matrix.offset(matrix.count());
        RealMatrix dense = new Array2DRowRealMatrix(n, n);
        for (int c = 0; c < matrix.count(); c++) {
            for (int row : matrix.rows(c)) {
                double[] block = matrix.block(row, c);
                for (int i = 0; i < matrix.size(row); i++) {
                    for (int j = 0; j < matrix.size(c); j++) {
                        double value = block[i * matrix.size(c) + j];
                        dense.setEntry(matrix.offset(row) + i, matrix.offset(c) + j, value);
                        dense.setEntry(matrix.offset(c) + j, matrix.offset(row) + i, value);
                    }
                }
            }
        }
        return dense;
    }
}
