package da3.train.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GradientClippingTest {

    @Test
    void largeGradientsAreScaledDown() {
        List<float[]> gradients = Arrays.asList(new float[] {3}, null, new float[] {0, 4});
        assertThat(GradientClipping.clip(gradients, 1, 1)).isEqualTo(5);
        assertThat((double) gradients.get(0)[0]).isCloseTo(3 / (5 + 1e-6), within(1e-7));
        assertThat((double) gradients.get(2)[1]).isCloseTo(4 / (5 + 1e-6), within(1e-7));
    }

    @Test
    void smallGradientsAreUnchanged() {
        float[] gradient = {0.3f, 0.4f};
        GradientClipping.clip(List.of(gradient), 1, 1);
        assertThat(gradient).containsExactly(0.3f, 0.4f);
    }

    @Test
    void gradientsThatAreNotFiniteAreUnchangedAndShowInTheNorm() {
        float[] gradient = {Float.NaN, 4};
        assertThat(GradientClipping.clip(List.of(gradient), 1, 1)).isNaN();
        assertThat(gradient[1]).isEqualTo(4);
    }
}
