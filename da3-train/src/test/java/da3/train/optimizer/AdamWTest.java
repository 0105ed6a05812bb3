package da3.train.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdamWTest {

    private static final List<ParameterSlot> SLOTS =
            List.of(new ParameterSlot("fc.weight", List.of(1, 2)), new ParameterSlot("fc.bias", List.of(2)));

    private static AdamW adamW(double decay) {
        return new AdamW(SLOTS, AdamWOptions.defaults().withLearningRate(0.1).withWeightDecay(decay), 1);
    }

    @Test
    void threeStepsFollowTheDefinition() {
        AdamW optimizer = adamW(0.5);
        float[] weight = {1, -2};
        float[] bias = {3, 4};
        double m = 0;
        double v = 0;
        double expectedWeight = 1;
        double expectedBias = 3;
        double[] gradients = {0.5, -1.5, 0.25};
        for (int step = 1; step <= 3; step++) {
            double g = gradients[step - 1];
            float[] gradient = {(float) g, 0};
            optimizer.step(List.of(weight, bias), List.of(gradient, gradient), 0.5);
            m = 0.9 * m + 0.1 * g;
            v = 0.95 * v + 0.05 * g * g;
            double mean = m / (1 - Math.pow(0.9, step));
            double square = v / (1 - Math.pow(0.95, step));
            double update = 0.05 * mean / (Math.sqrt(square) + 1e-8);
            expectedWeight = expectedWeight * (1 - 0.05 * 0.5) - update;
            expectedBias -= update;
        }
        assertThat((double) weight[0]).isCloseTo(expectedWeight, within(1e-6));
        assertThat((double) bias[0]).isCloseTo(expectedBias, within(1e-6));
        // Without a gradient, only weight decay changes a value.
        assertThat((double) weight[1]).isCloseTo(-2 * Math.pow(0.975, 3), within(1e-6));
        assertThat(bias[1]).isEqualTo(4);
    }

    @Test
    void aParameterWithoutGradientIsUnchanged() {
        AdamW optimizer = adamW(0.5);
        float[] weight = {1, 2};
        float[] bias = {3, 4};
        optimizer.step(List.of(weight, bias), Arrays.asList(null, new float[] {1, 1}), 1);
        assertThat(weight).containsExactly(1, 2);
        assertThat(optimizer.state().steps()).containsExactly(Map.entry("fc.bias", 1L));
        assertThat(optimizer.state().values()).containsOnlyKeys("fc.bias:first_moment", "fc.bias:second_moment");
    }

    @Test
    void aRestoredOptimizerContinuesWithTheSameBytes() {
        AdamW whole = adamW(0.1);
        float[] weight = {1, 2};
        float[] bias = {3, 4};
        List<float[]> gradients = List.of(new float[] {0.3f, -0.2f}, new float[] {0.7f, 0.1f});
        whole.step(List.of(weight, bias), gradients, 1);
        AdamW resumed = adamW(0.1);
        resumed.restore(whole.state());
        float[] otherWeight = weight.clone();
        float[] otherBias = bias.clone();
        whole.step(List.of(weight, bias), gradients, 1);
        resumed.step(List.of(otherWeight, otherBias), gradients, 1);
        assertThat(otherWeight).isEqualTo(weight);
        assertThat(otherBias).isEqualTo(bias);
    }

    @Test
    void namesAnUnknownEntry() {
        OptimizerState state = new OptimizerState(Map.of("gone.weight:first_moment", new float[1]), Map.of());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> adamW(0).restore(state))
                .withMessageContaining("gone.weight:first_moment");
    }

    @Test
    void namesAnEntryOfAnotherLength() {
        OptimizerState state = new OptimizerState(
                Map.of("fc.bias:first_moment", new float[3], "fc.bias:second_moment", new float[3]),
                Map.of("fc.bias", 1L));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> adamW(0).restore(state))
                .withMessageMatching("optimizer state fc.bias:.*_moment must have 2 values, got 3");
    }

    @Test
    void namesAGradientOfAnotherLength() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        adamW(0).step(List.of(new float[2], new float[2]), List.of(new float[2], new float[1]), 1))
                .withMessage("gradient of fc.bias must have 2 values, got 1");
    }
}
