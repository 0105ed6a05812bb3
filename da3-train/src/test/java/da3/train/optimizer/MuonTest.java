package da3.train.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MuonTest {

    private static final MatrixProduct PRODUCT = new HostMatrixProduct(1);

    @ParameterizedTest
    @CsvSource({"7, 7", "5, 12", "12, 5", "1, 4"})
    void newtonSchulzBringsSingularValuesNearOne(int rows, int columns) {
        float[] result = NewtonSchulz.orthogonalize(random(rows * columns, 3), rows, columns, PRODUCT);
        for (double value : singularValues(result, 0, rows, columns)) {
            assertThat(value).isBetween(0.6, 1.25);
        }
    }

    @Test
    void aGradientOfZerosStaysZero() {
        assertThat(NewtonSchulz.orthogonalize(new float[6], 2, 3, PRODUCT)).containsOnly(0);
    }

    @Test
    void eachThirdOfQkvIsOrthogonal() {
        float[] values = new float[12 * 4];
        Muon muon = muon("attn.qkv.weight", 12, 4, MuonOptions.defaults().withLearningRate(1));
        muon.step(List.of(values), List.of(random(values.length, 5)), 1);
        for (int part = 0; part < 3; part++) {
            for (double value : singularValues(values, part * 16, 4, 4)) {
                assertThat(value).isBetween(0.6, 1.25);
            }
        }
    }

    @Test
    void tallMatricesTakeLongerStepsAndDecayIsDecoupled() {
        float[] gradient = random(8 * 2, 9);
        float[] values = new float[16];
        Arrays.fill(values, 2);
        MuonOptions options = MuonOptions.defaults().withLearningRate(0.1).withWeightDecay(0.5);
        muon("fc1.weight", 8, 2, options).step(List.of(values), List.of(gradient), 0.5);
        float[] update = NewtonSchulz.orthogonalize(gradient, 8, 2, PRODUCT);
        for (int i = 0; i < values.length; i++) {
            assertThat((double) values[i]).isCloseTo(2 * 0.975 - 0.05 * 2 * update[i], within(1e-5));
        }
    }

    @Test
    void momentumLooksAhead() {
        float[] first = random(6, 1);
        float[] second = random(6, 2);
        float[] values = new float[6];
        Muon muon = muon("fc2.weight", 2, 3, MuonOptions.defaults().withLearningRate(1));
        muon.step(List.of(values), List.of(first), 1);
        float[] before = values.clone();
        muon.step(List.of(values), List.of(second), 1);
        float[] ahead = new float[6];
        for (int i = 0; i < 6; i++) {
            double average = 0.95 * 0.05 * first[i] + 0.05 * second[i];
            ahead[i] = (float) (0.95 * average + 0.05 * second[i]);
        }
        float[] update = NewtonSchulz.orthogonalize(ahead, 2, 3, PRODUCT);
        for (int i = 0; i < 6; i++) {
            assertThat((double) values[i]).isCloseTo(before[i] - update[i], within(1e-4));
        }
    }

    @Test
    void aRestoredOptimizerContinuesWithTheSameBytesOnAnyNumberOfThreads() {
        List<ParameterSlot> slots = List.of(new ParameterSlot("fc.weight", List.of(200, 300)));
        Muon whole = new Muon(slots, MuonOptions.defaults(), PRODUCT, 1);
        Muon resumed = new Muon(slots, MuonOptions.defaults(), new HostMatrixProduct(3), 3);
        float[] values = random(60_000, 4);
        List<float[]> gradients = List.of(random(60_000, 6));
        whole.step(List.of(values), gradients, 1);
        resumed.restore(whole.state());
        float[] others = values.clone();
        whole.step(List.of(values), gradients, 1);
        resumed.step(List.of(others), gradients, 1);
        assertThat(others).isEqualTo(values);
    }

    @Test
    void namesAVector() {
        List<ParameterSlot> slots = List.of(new ParameterSlot("norm.bias", List.of(3)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Muon(slots, MuonOptions.defaults(), PRODUCT, 1))
                .withMessage("norm.bias must have at least two dimensions for Muon, got [3]");
    }

    private static Muon muon(String name, int rows, int columns, MuonOptions options) {
        return new Muon(List.of(new ParameterSlot(name, List.of(rows, columns))), options, PRODUCT, 1);
    }

    private static float[] random(int length, long seed) {
        Random random = new Random(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static double[] singularValues(float[] values, int offset, int rows, int columns) {
        double[][] matrix = new double[rows][columns];
        for (int i = 0; i < rows * columns; i++) {
            matrix[i / columns][i % columns] = values[offset + i];
        }
        return new SingularValueDecomposition(new Array2DRowRealMatrix(matrix)).getSingularValues();
    }
}
