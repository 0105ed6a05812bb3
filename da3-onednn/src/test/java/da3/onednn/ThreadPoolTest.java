package da3.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreadPoolTest {

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 5", "2, 1", "2, 1000", "5, 3", "5, 64"})
    void everyTaskRunsOnce(int workers, int tasks) {
        try (ThreadPool threads = new ThreadPool("threads", workers, () -> {})) {
            AtomicIntegerArray runs = new AtomicIntegerArray(tasks);
            for (int round = 0; round < 200; round++) {
                threads.forEach(tasks, (worker, i) -> {
                    assertThat(worker).isBetween(0, workers - 1);
                    runs.incrementAndGet(i);
                });
            }
            for (int i = 0; i < tasks; i++) {
                assertThat(runs.get(i)).isEqualTo(200);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "3"})
    void partsOfAnOperationRunTogetherAndFinishInOrder(int workers) {
        try (ThreadPool threads = new ThreadPool("threads", workers, () -> {})) {
            AtomicIntegerArray runs = new AtomicIntegerArray(7);
            List<String> finished = new ArrayList<>();
            Runnable check = () -> {
                for (int i = 0; i < runs.length(); i++) {
                    assertThat(runs.get(i)).isEqualTo(1);
                }
            };
            threads.run(List.of(
                    new Work(3, (worker, i) -> runs.incrementAndGet(i), () -> finished.add("first")),
                    new Work(0, (worker, i) -> runs.incrementAndGet(-1), check),
                    new Work(4, (worker, i) -> runs.incrementAndGet(3 + i), () -> finished.add("last"))));
            assertThat(finished).containsExactly("first", "last");
        }
    }

    @Test
    void noPartFinishesIfATaskFails() {
        try (ThreadPool threads = new ThreadPool("threads", 2, () -> {})) {
            List<String> finished = new ArrayList<>();
            List<Work> parts =
                    List.of(new Work(5, (worker, i) -> {}, () -> finished.add("first")), Work.of(3, (worker, i) -> {
                        throw new IllegalStateException("no " + i);
                    }));
            assertThatThrownBy(() -> threads.run(parts)).isInstanceOf(IllegalStateException.class);
            assertThat(finished).isEmpty();
        }
    }

    @Test
    void workersRunConcurrently() {
        try (ThreadPool threads = new ThreadPool("threads", 3, () -> {})) {
            CyclicBarrier all = new CyclicBarrier(3);
            threads.forEach(3, (worker, i) -> {
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
    void wakesParkedThreads() throws InterruptedException {
        try (ThreadPool threads = new ThreadPool("threads", 2, () -> {})) {
            CyclicBarrier both = new CyclicBarrier(2);
            for (int round = 0; round < 3; round++) {
                Thread.sleep(20); // longer than a helper spins
                threads.forEach(2, (worker, i) -> {
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
    void rethrowsAFailureAndStaysUsable() {
        try (ThreadPool threads = new ThreadPool("threads", 2, () -> {})) {
            IllegalArgumentException failure = new IllegalArgumentException("expected");
            assertThatThrownBy(() -> threads.forEach(50, (worker, i) -> {
                        if (i == 17) {
                            throw failure;
                        }
                    }))
                    .isSameAs(failure);
            int[] sum = new int[2];
            threads.forEach(50, (worker, i) -> sum[worker] += i);
            assertThat(sum[0] + sum[1]).isEqualTo(49 * 50 / 2);
        }
    }
}
