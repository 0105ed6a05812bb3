package da3.geometry.concurrent;

import java.util.concurrent.ForkJoinPool;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Parallel loops over independent pieces of work, whose results do not depend on the number of threads. */
public final class Parallel {

    private Parallel() {}

    /**
     * Runs a piece of work for each index and returns when all have finished or one has thrown.
     *
     * @param count number of pieces; indices start at 0
     * @param threads number of threads; 0 for one per processor
     */
    public static void forEach(int count, int threads, IntConsumer piece) {
        try {
            if (threads == 1) {
                IntStream.range(0, count).forEach(piece);
            } else if (threads == 0 || threads >= Runtime.getRuntime().availableProcessors()) {
                IntStream.range(0, count).parallel().forEach(piece);
            } else {
                forEachIn(new ForkJoinPool(threads), count, piece);
            }
        } catch (RuntimeException e) {
            // The pool wraps an exception in a second one of the same type, whose message starts with the class name.
            throw e.getCause() instanceof RuntimeException thrown ? innermost(thrown) : e;
        }
    }

    private static RuntimeException innermost(RuntimeException e) {
        return e.getCause() instanceof RuntimeException cause ? innermost(cause) : e;
    }

    private static void forEachIn(ForkJoinPool pool, int count, IntConsumer piece) {
        try {
            pool.submit(() -> IntStream.range(0, count).parallel().forEach(piece))
                    .join();
        } finally {
            pool.shutdown();
        }
    }
}
