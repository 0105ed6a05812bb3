package da3.train.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScheduleTest {

    @Test
    void cosineAgreesWithGoldenRates() {
        Schedule schedule = Schedule.cosine(3, 10);
        double[] rates = {1 / 3.0, 2 / 3.0, 1, 0.9504844339512095, 0.8117449009293668};
        for (int step = 0; step < rates.length; step++) {
            assertThat(schedule.factor(step)).isCloseTo(rates[step], within(1e-15));
        }
        assertThat(schedule.factor(9)).isZero();
        assertThat(schedule.factor(20)).isZero();
    }

    @Test
    void warmupStableDecayRisesStaysAndFalls() {
        Schedule schedule = Schedule.warmupStableDecay(2, 10, 0.4, Schedule.Decay.LINEAR);
        double[] factors = {0.5, 1, 1, 1, 1, 1, 0.75, 0.5, 0.25, 0, 0};
        for (int step = 0; step < factors.length; step++) {
            assertThat(schedule.factor(step)).isCloseTo(factors[step], within(1e-15));
        }
    }

    @Test
    void theDecayCanFollowASquareRoot() {
        Schedule schedule = Schedule.warmupStableDecay(0, 8, 0.5, Schedule.Decay.SQUARE_ROOT);
        assertThat(schedule.factor(0)).isEqualTo(1);
        assertThat(schedule.factor(4)).isEqualTo(0.5);
        assertThat(schedule.factor(7)).isZero();
    }

    @Test
    void rejectsPhasesLongerThanTheRun() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schedule.warmupStableDecay(7, 10, 0.5, Schedule.Decay.LINEAR))
                .withMessage("warm-up and decay must fit into 10 steps, got 7 and 5");
    }
}
