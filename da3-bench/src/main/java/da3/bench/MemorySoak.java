package da3.bench;

import da3.core.DepthAnything3;
import da3.core.EngineOptions;
import da3.core.ModelReference;
import da3.core.Request;
import da3.geometry.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many predictions of changing shapes from two threads, some failing on purpose, and the anonymous resident memory after
 * each: {@code MemorySoak [PREDICTIONS [ENGINE]]}. It fails if the second half is not flat within 2 %.
 *
 * <p>Run it with {@code -Xms512m -Xmx512m -XX:+AlwaysPreTouch -XX:TieredStopAtLevel=1}, so that what varies is not the
 * JVM's own: a growing heap moves the figure by a tenth, and the optimizing compiler takes 40 MB for a moment.
 */
public final class MemorySoak {

    /** Ten shapes: height, width. */
    private static final int[][] SHAPES = {
        {84, 112}, {98, 98}, {112, 84}, {126, 168}, {140, 140}, {154, 112}, {168, 126}, {182, 98}, {196, 140}, {70, 182}
    };

    private static final int MOST_VIEWS = 6;
    private static final int FAILS_EVERY = 10;
    private static final double FLAT = 0.02;

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
                        resident.add(anonymousBytes());
                        if (resident.size() % 20 == 0) {
                            System.err.printf("%d/%d%n", resident.size(), predictions);
                        }
                    }
                }
            };
            Thread other = new Thread(caller);
            other.start();
            caller.run();
            other.join();
        }
        report(resident, failures.get());
    }

    private static void predict(DepthAnything3 model, int i, AtomicInteger failures) {
        Random random = new Random(i);
        int[] shape = SHAPES[random.nextInt(SHAPES.length)];
        List<Image> images = ModelBenchmark.pictures(1 + random.nextInt(MOST_VIEWS), shape[1], shape[0]);
        Request request = Request.of(images).withOptions(o -> o.resolution(Math.max(shape[0], shape[1])));
        boolean fails = i % FAILS_EVERY == FAILS_EVERY - 1;
        try {
            model.predict(request, (stage, done, total) -> {
                if (fails && done == 7) {
                    throw new IllegalStateException("on purpose");
                }
            });
        } catch (IllegalStateException e) {
            failures.incrementAndGet();
        }
    }

    private static void report(List<Long> resident, int failures) {
        List<Long> last = resident.subList(resident.size() / 2, resident.size());
        long least = last.stream().min(Long::compare).orElseThrow();
        long most = last.stream().max(Long::compare).orElseThrow();
        double spread = (double) (most - least) / most;
        System.out.printf(
                "%d predictions, %d failed on purpose; RssAnon of the last %d: %.1f to %.1f MB, spread %.2f %%%n",
                resident.size(), failures, last.size(), least / 1e6, most / 1e6, 100 * spread);
        if (spread > FLAT) {
            throw new IllegalStateException("memory is not flat: spread " + spread + "; legal: at most " + FLAT);
        }
    }

    private static long anonymousBytes() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("RssAnon:")) {
                    return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot read /proc/self/status", e);
        }
        throw new IllegalStateException("/proc/self/status has no RssAnon");
    }
}
