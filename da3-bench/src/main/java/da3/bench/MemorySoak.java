package da3.bench;

import da3.core.DepthAnything3;
import da3.core.EngineOptions;
import da3.core.ModelReference;
import da3.core.ProcessMemory;
import da3.core.Request;
import da3.geometry.Image;
import da3.geometry.check.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A soak test of memory: {@code MemorySoak [PREDICTIONS [ENGINE]]} runs predictions of changing shapes from two
 * threads, some of which fail intentionally, and records the anonymous resident memory after each. It fails if memory
 * varies by more than 2 % in the second half.
 *
 * <p>Run it with {@code -Xms512m -Xmx512m -XX:+AlwaysPreTouch -XX:TieredStopAtLevel=1} to exclude variations of the JVM
 * itself: heap growth changes the result by 10 %, and the optimizing compiler temporarily needs 40 MB.
 */
public final class MemorySoak {

    /** Heights and widths of the images. */
    private static final int[][] SHAPES = {
        {84, 112}, {98, 98}, {112, 84}, {126, 168}, {140, 140}, {154, 112}, {168, 126}, {182, 98}, {196, 140}, {70, 182}
    };

    private static final int MAX_VIEWS = 6;
    private static final int FAILURE_INTERVAL = 10;
    private static final double MAX_SPREAD = 0.02;

    private MemorySoak() {}

    public static void main(String[] arguments) throws Exception {
        int predictions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
        String engine = arguments.length > 1 ? arguments[1] : EngineOptions.AUTO;
        List<Long> resident = new ArrayList<>();
        AtomicInteger next = new AtomicInteger();
        AtomicInteger failures = new AtomicInteger();
        try (DepthAnything3 model = DepthAnything3.load(
                ModelReference.SEEDED + "da3-small", EngineOptions.defaults().withEngine(engine))) {
            Runnable caller = () -> {
                for (int i = next.getAndIncrement(); i < predictions; i = next.getAndIncrement()) {
                    predict(model, i, failures);
                    synchronized (resident) {
                        resident.add(ProcessMemory.anonymous().orElseThrow());
                        if (resident.size() % 20 == 0) {
                            System.err.printf("%d/%d%n", resident.size(), predictions);
                        }
                    }
                }
            };
            Thread secondThread = new Thread(caller);
            secondThread.start();
            caller.run();
            secondThread.join();
        }
        report(resident, failures.get());
    }

    private static void predict(DepthAnything3 model, int i, AtomicInteger failures) {
        Random random = new Random(i);
        int[] shape = SHAPES[random.nextInt(SHAPES.length)];
        List<Image> images = ModelBenchmark.noiseImages(1 + random.nextInt(MAX_VIEWS), shape[1], shape[0]);
        Request request = Request.of(images).withOptions(o -> o.resolution(Math.max(shape[0], shape[1])));
        boolean fails = i % FAILURE_INTERVAL == FAILURE_INTERVAL - 1;
        try {
            model.predict(request, (stage, done, total) -> {
                if (fails && done == 7) {
                    throw new IllegalStateException("intentional failure");
                }
            });
        } catch (IllegalStateException e) {
            failures.incrementAndGet();
        }
    }

    private static void report(List<Long> resident, int failures) {
        List<Long> last = resident.subList(resident.size() / 2, resident.size());
        long min = last.stream().min(Long::compare).orElseThrow();
        long max = last.stream().max(Long::compare).orElseThrow();
        double spread = (double) (max - min) / max;
        System.out.printf(
                "%d predictions, %d failed intentionally; RssAnon of the last %d: %.1f to %.1f MB, spread %.2f %%%n",
                resident.size(), failures, last.size(), min / 1e6, max / 1e6, 100 * spread);
        if (spread > MAX_SPREAD) {
            throw new IllegalStateException(
                    Check.message("relative spread of memory", "at most " + MAX_SPREAD, spread));
        }
    }
}
