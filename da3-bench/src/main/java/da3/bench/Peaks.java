package da3.bench;

import da3.nn.Activation;
import da3.nn.Engine;
import da3.nn.Parameter;
import da3.nn.Scope;
import da3.nn.Tensor;
import da3.nn.WeightSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Peak rates of a machine.
 *
 * @param flops floating-point operations per second of matrix products in the precision of the engine
 * @param bandwidth bytes per second to and from memory
 */
record Peaks(double flops, double bandwidth) {

    private static final int ROWS = 2048;
    private static final int IN = 1024;
    private static final int OUT = 4096;
    private static final int REPEATS = 40;

    /** Length of the arrays of the triad: 64 MiB of floats, more than any cache holds. */
    private static final int STREAM = 16 << 20;

    /** Measures the fastest of several large matrix products and of several triads with the threads of the engine. */
    static Peaks measure(Engine engine, WeightSource weights) throws InterruptedException {
        Parameter weight = engine.parameter(weights, "peak.weight", Parameter.Role.LINEAR, OUT, IN);
        float[] values = new float[ROWS * IN];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 7 - 3;
        }
        double flops = engine.run(() -> product(engine, weight, values, 1, ROWS, IN));
        return new Peaks(flops, bandwidth(engine.threads()));
    }

    private static double product(Engine engine, Parameter weight, float[] values, int... shape) {
        double best = 0;
        try (Scope scope = engine.scope()) {
            Tensor x = engine.upload(values, shape);
            for (int i = 0; i < REPEATS; i++) {
                long start = System.nanoTime();
                scope.release(engine.linear(x, weight, null, Activation.NONE));
                best = Math.max(best, 2.0 * ROWS * IN * OUT / (System.nanoTime() - start) * 1e9);
            }
        }
        return best;
    }

    /** Returns the best rate of a = b + 3 c (McCalpin's STREAM triad), counting the bytes of three arrays. */
    static double bandwidth(int threads) throws InterruptedException {
        float[] a = new float[STREAM];
        float[] b = new float[STREAM];
        float[] c = new float[STREAM];
        double best = 0;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Void>> parts = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int from = (int) ((long) STREAM * t / threads);
                int to = (int) ((long) STREAM * (t + 1) / threads);
                parts.add(() -> {
                    triad(a, b, c, from, to);
                    return null;
                });
            }
            for (int i = 0; i < REPEATS; i++) {
                long start = System.nanoTime();
                for (Future<Void> part : pool.invokeAll(parts)) {
                    part.get();
                }
                best = Math.max(best, 3.0 * Float.BYTES * STREAM / (System.nanoTime() - start) * 1e9);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdown();
        }
        return best;
    }

    private static void triad(float[] a, float[] b, float[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            a[i] = b[i] + 3 * c[i];
        }
    }

    /** Returns the minimum time in seconds for the given arithmetic and traffic. */
    double floor(double flop, double bytes) {
        return Math.max(flop / flops, bytes / bandwidth);
    }
}
