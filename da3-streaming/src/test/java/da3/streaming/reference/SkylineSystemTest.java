package da3.streaming.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.junit.jupiter.api.Test;

class SkylineSystemTest {

    private static final int[] FIRST = {0, 0, 2, 1, 3, 0, 4};

    @Test
    void theSolutionIsThatOfADenseSolver() {
        Random random = new Random(6);
        int n = FIRST.length;
        RealMatrix dense = new Array2DRowRealMatrix(n, n);
        SkylineSystem system = new SkylineSystem(FIRST);
        for (int i = 0; i < n; i++) {
            for (int j = FIRST[i]; j <= i; j++) {
                double value = i == j ? 5 : random.nextGaussian();
                system.add(i, j, value);
                dense.setEntry(i, j, value);
                dense.setEntry(j, i, value);
            }
        }
        system.scaleDiagonal(1.5);
        for (int i = 0; i < n; i++) {
            dense.multiplyEntry(i, i, 1.5);
        }
        double[] right = random.doubles(n).toArray();
        RealVector expected = new LUDecomposition(dense).getSolver().solve(new ArrayRealVector(right));
        system.solve(right);
        for (int i = 0; i < n; i++) {
            assertThat(right[i]).isCloseTo(expected.getEntry(i), within(1e-13));
        }
    }
}
