package da3.train.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EmaTest {

    private static final List<ParameterSlot> SLOTS = List.of(new ParameterSlot("a", List.of(1)));

    private static Ema ema(double decay) {
        return new Ema(SLOTS, List.of(new float[] {1}), decay, 1);
    }

    @Test
    void theDecayGrowsUpToItsLimit() {
        Ema ema = ema(0.2);
        ema.update(List.of(new float[] {3}));
        double expected = 2 / 11.0 * 1 + 9 / 11.0 * 3;
        assertThat((double) ema.averages().get(0)[0]).isCloseTo(expected, within(1e-6));
        ema.update(List.of(new float[] {5}));
        expected = 0.2 * expected + 0.8 * 5;
        assertThat((double) ema.averages().get(0)[0]).isCloseTo(expected, within(1e-6));
    }

    @Test
    void aRestoredAverageContinuesWithTheSameBytes() {
        Ema whole = ema(0.999);
        whole.update(List.of(new float[] {3}));
        Ema resumed = ema(0.999);
        resumed.restore(whole.state());
        whole.update(List.of(new float[] {4}));
        resumed.update(List.of(new float[] {4}));
        assertThat(resumed.averages().get(0)).isEqualTo(whole.averages().get(0));
    }

    @Test
    void theInitialStateHasTheInitialValues() {
        OptimizerState first = ema(0.999).state();
        assertThat(first.values().get("a:average")).containsExactly(1);
        assertThat(first.steps()).containsEntry("a", 0L);
        Ema resumed = new Ema(SLOTS, List.of(new float[] {2}), 0.999, 1);
        resumed.restore(first);
        assertThat(resumed.averages().get(0)).containsExactly(1);
        Ema whole = ema(0.999);
        whole.update(List.of(new float[] {3}));
        resumed.update(List.of(new float[] {3}));
        assertThat(resumed.averages().get(0)).isEqualTo(whole.averages().get(0));
    }

    @Test
    void namesAMissingAverage() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ema(0.9).restore(new OptimizerState(Map.of(), Map.of())))
                .withMessage("state must have an average of a, got none");
    }
}
