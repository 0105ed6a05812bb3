package da3.bench;

import da3.core.DepthAnything3;
import da3.core.EngineOptions;
import da3.core.MemoryEstimate;
import da3.core.ModelReference;
import da3.core.ProcessMemory;
import da3.core.Request;
import da3.geometry.check.Check;
import da3.nn.Precision;
import da3.nn.Preset;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Compares the estimated native memory of a prediction with the measured one: {@code MemoryAccuracy PRESET ENGINE
 * PRECISION VIEWS WIDTH HEIGHT}. It fails if they differ by more than 12 %.
 *
 * <p>Run it with {@code -Xms700m -Xmx700m -XX:+AlwaysPreTouch -XX:TieredStopAtLevel=1}: the results of a prediction are on
 * the Java heap, whose growth is not to be measured.
 */
public final class MemoryAccuracy {

    private static final double MAX_DIFFERENCE = 0.12;
    private static final int INTERVAL_MILLIS = 2;

    private MemoryAccuracy() {}

    public static void main(String[] arguments) {
        if (arguments.length != 6) {
            throw Check.invalid(
                    "number of arguments", "6: PRESET ENGINE PRECISION VIEWS WIDTH HEIGHT", arguments.length);
        }
        EngineOptions engine = new EngineOptions(arguments[1], 0).withPrecision(Precision.of(arguments[2]));
        int views = Integer.parseInt(arguments[3]);
        int width = Integer.parseInt(arguments[4]);
        int height = Integer.parseInt(arguments[5]);
        Request request = Request.of(ModelBenchmark.noiseImages(views, width, height))
                .withOptions(o -> o.resolution(Math.max(width, height)));
        MemoryEstimate estimate = MemoryEstimate.of(Preset.of(arguments[0]).config(), request, engine);
        long estimated = estimate.total() - estimate.results();
        long measured = measure(arguments[0], engine, request);
        double ratio = (double) estimated / measured;
        System.out.printf(
                Locale.ROOT,
                "%s: libraries %.0f MB, weights %.0f MB, activations %.0f MB; estimated %.0f MB, measured %.0f MB,"
                        + " ratio %.3f%n",
                String.join(" ", arguments),
                estimate.libraries() / 1e6,
                estimate.weights() / 1e6,
                estimate.activations() / 1e6,
                estimated / 1e6,
                measured / 1e6,
                ratio);
        if (Math.abs(ratio - 1) > MAX_DIFFERENCE) {
            throw new IllegalStateException(Check.message(
                    "ratio of memory", "from " + (1 - MAX_DIFFERENCE) + " to " + (1 + MAX_DIFFERENCE), ratio));
        }
    }

    /** Returns by how many bytes resident memory grows at most while a model is loaded and used once. */
    private static long measure(String preset, EngineOptions engine, Request request) {
        long before = ProcessMemory.anonymous().orElseThrow();
        AtomicLong peak = new AtomicLong(before);
        Thread sampler = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                peak.accumulateAndGet(ProcessMemory.anonymous().orElseThrow(), Math::max);
                try {
                    Thread.sleep(INTERVAL_MILLIS);
                } catch (InterruptedException e) {
                    return;
                }
            }
        });
        sampler.start();
        try (DepthAnything3 model = DepthAnything3.load(ModelReference.SEEDED + preset, engine)) {
            model.predict(request);
            peak.accumulateAndGet(ProcessMemory.anonymous().orElseThrow(), Math::max);
        } finally {
            sampler.interrupt();
        }
        return peak.get() - before;
    }
}
