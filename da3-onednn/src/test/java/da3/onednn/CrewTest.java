package da3.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrewTest {

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 5", "2, 1", "2, 1000", "5, 3", "5, 64"})
    void everyTaskRunsOnce(int lanes, int tasks) {
        try (Crew crew = new Crew("crew", lanes, () -> {})) {
            AtomicIntegerArray runs = new AtomicIntegerArray(tasks);
            for (int round = 0; round < 200; round++) {
                crew.forEach(tasks, (lane, i) -> {
                    assertThat(lane).isBetween(0, lanes - 1);
                    runs.incrementAndGet(i);
                });
            }
            for (int i = 0; i < tasks; i++) {
                assertThat(runs.get(i)).isEqualTo(200);
            }
        }
    }

    @Test
    void lanesRunAtTheSameTime() {
        try (Crew crew = new Crew("crew", 3, () -> {})) {
            CyclicBarrier all = new CyclicBarrier(3);
            crew.forEach(3, (lane, i) -> {
                try {
                    all.await();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(all.isBroken()).isFalse();
        }
    }

    @Test
    void aSleepingCrewWakes() throws InterruptedException {
        try (Crew crew = new Crew("crew", 2, () -> {})) {
            CyclicBarrier both = new CyclicBarrier(2);
            for (int round = 0; round < 3; round++) {
                Thread.sleep(20); // longer than a helper looks for news
                crew.forEach(2, (lane, i) -> {
                    try {
                        both.await();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
            }
        }
    }

    @Test
    void aFailureReachesTheCallerAndTheCrewGoesOn() {
        try (Crew crew = new Crew("crew", 2, () -> {})) {
            IllegalArgumentException failure = new IllegalArgumentException("asked for");
            assertThatThrownBy(() -> crew.forEach(50, (lane, i) -> {
                        if (i == 17) {
                            throw failure;
                        }
                    }))
                    .isSameAs(failure);
            int[] sum = new int[2];
            crew.forEach(50, (lane, i) -> sum[lane] += i);
            assertThat(sum[0] + sum[1]).isEqualTo(49 * 50 / 2);
        }
    }
}
