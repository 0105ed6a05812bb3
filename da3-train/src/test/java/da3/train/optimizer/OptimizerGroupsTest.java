package da3.train.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class OptimizerGroupsTest {

    private static final List<ParameterSlot> SLOTS = List.of(
            new ParameterSlot("head.bias", List.of(1)),
            new ParameterSlot("blocks.0.fc.weight", List.of(1, 1)),
            new ParameterSlot("norm.bias", List.of(1)));

    private static OptimizerGroups groups() {
        return new OptimizerGroups(
                SLOTS,
                List.of(
                        new OptimizerGroup(
                                Pattern.compile("blocks\\..*weight"),
                                slots -> new Muon(
                                        slots,
                                        MuonOptions.defaults().withLearningRate(0.5),
                                        new HostMatrixProduct(1),
                                        1)),
                        new OptimizerGroup(Pattern.compile("^head"), slots -> adamW(slots, 0.1)),
                        new OptimizerGroup(Pattern.compile(""), slots -> adamW(slots, 0.01))));
    }

    private static AdamW adamW(List<ParameterSlot> slots, double rate) {
        return new AdamW(slots, AdamWOptions.defaults().withLearningRate(rate), 1);
    }

    @Test
    void theFirstPatternThatMatchesDecides() {
        List<float[]> values = List.of(new float[1], new float[1], new float[1]);
        groups().step(values, List.of(new float[] {1}, new float[] {1}, new float[] {1}), 1);
        assertThat(values.get(0)[0]).isBetween(-0.1001f, -0.0999f);
        assertThat(values.get(1)[0]).isBetween(-0.625f, -0.3f);
        assertThat(values.get(2)[0]).isBetween(-0.01001f, -0.00999f);
    }

    @Test
    void theStateOfAllGroupsRoundTrips() {
        OptimizerGroups whole = groups();
        List<float[]> values = List.of(new float[1], new float[1], new float[1]);
        List<float[]> gradients = List.of(new float[] {1}, new float[] {2}, new float[] {3});
        whole.step(values, gradients, 1);
        OptimizerGroups resumed = groups();
        resumed.restore(whole.state());
        assertThat(resumed.state().steps()).isEqualTo(whole.state().steps());
        List<float[]> others = values.stream().map(float[]::clone).toList();
        whole.step(values, gradients, 1);
        resumed.step(others, gradients, 1);
        for (int i = 0; i < values.size(); i++) {
            assertThat(others.get(i)).isEqualTo(values.get(i));
        }
    }

    @Test
    void namesAParameterWithoutGroup() {
        OptimizerGroup heads = new OptimizerGroup(Pattern.compile("^head"), slots -> adamW(slots, 0.1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OptimizerGroups(SLOTS, List.of(heads)))
                .withMessage("parameter blocks.0.fc.weight must match the pattern of a group, got [^head]");
    }
}
