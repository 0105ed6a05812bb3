package da3.geometry.splat;

import java.util.concurrent.ForkJoinPool;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Runs tasks that do not touch each other's results. */
final class Workers {

    private Workers() {}

    /** @param threads 0 for as many as there are processors */
    static void run(int threads, int tasks, IntConsumer task) {
        if (threads == 1) {
            IntStream.range(0, tasks).forEach(task);
        } else if (threads == 0) {
            IntStream.range(0, tasks).parallel().forEach(task);
        } else {
            ForkJoinPool pool = new ForkJoinPool(threads);
            try {
                pool.submit(() -> IntStream.range(0, tasks).parallel().forEach(task))
                        .join();
            } finally {
                pool.shutdown();
            }
        }
    }
}
