package da3.geometry.concurrent;

import java.util.concurrent.ForkJoinPool;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Work in pieces that do not touch each other, so that the number of threads changes nothing. */
public final class Parallel {

    private Parallel() {}

    /**
     * Returns when all pieces are done, or one has thrown.
     *
     * @param count of the pieces, which are numbered from 0
     * @param threads 0 for as many as there are processors
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
            // The pool wraps what a piece throws in a second one of its kind, whose message is the first one's name.
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
