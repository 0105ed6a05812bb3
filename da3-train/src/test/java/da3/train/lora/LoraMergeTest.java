package da3.train.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LoraMergeTest {

    private static float[] random(Random random, int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    @Test
    void isExactToTheRoundingOfTheResult() {
        Random random = new Random(3);
        float[] weight = random(random, 5 * 7);
        float[] a = random(random, 3 * 7);
        float[] b = random(random, 5 * 3);
        float[] merged = LoraMerge.merged(weight, a, b, 3, 2.0 / 3);
        for (int i = 0; i < weight.length; i++) {
            double sum = 0;
            for (int r = 0; r < 3; r++) {
                sum += (double) b[i / 7 * 3 + r] * a[r * 7 + i % 7];
            }
            double exact = weight[i] + 2.0 / 3 * sum;
            assertThat(Math.abs(merged[i] - exact)).isLessThanOrEqualTo(0.501 * Math.ulp(merged[i]));
        }
    }

    @Test
    void aZeroUpdateKeepsEveryBit() {
        Random random = new Random(4);
        float[] weight = random(random, 6 * 4);
        assertThat(LoraMerge.merged(weight, random(random, 2 * 4), new float[6 * 2], 2, 8))
                .isEqualTo(weight);
    }

    @Test
    void rejectsMatricesThatDoNotFit() {
        assertThatThrownBy(() -> LoraMerge.merged(new float[12], new float[8], new float[12], 2, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be 24 for 8 of A and 12 of B, got 12");
    }
}
