package da3.core;

import da3.nn.ModelConfig;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Refuses what would not fit before anything is computed. */
final class MemoryBudget {

    private final ModelConfig config;
    private final long limit;
    private final Supplier<OptionalLong> available;
    private final LongSupplier heap;
    private volatile boolean weightsHeld;

    /** @param limit in bytes for all that is estimated; 0 for what the machine has available */
    MemoryBudget(ModelConfig config, long limit) {
        this(config, limit, AvailableMemory::bytes, MemoryBudget::freeHeap);
    }

    /**
     * @param available bytes of the machine, empty where it does not tell
     * @param heap bytes that the Java heap can still hold
     */
    MemoryBudget(ModelConfig config, long limit, Supplier<OptionalLong> available, LongSupplier heap) {
        this.config = config;
        this.limit = limit;
        this.available = available;
        this.heap = heap;
    }

    /** Libraries and weights that are in memory already take no more of what is available. */
    void weightsAreHeld() {
        weightsHeld = true;
    }

    /**
     * @throws IllegalArgumentException if the request takes more than there is, and the message says how many views would
     *     fit; or its results more than the Java heap can hold
     */
    void require(Request request) {
        MemoryEstimate estimate = MemoryEstimate.of(config, request);
        requireHeap(request, estimate.results());
        OptionalLong budget = limit > 0 ? OptionalLong.of(limit) : available.get();
        if (budget.isEmpty() || needed(estimate) <= budget.getAsLong()) {
            return;
        }
        int fitting = fitting(
                request.images().size(),
                budget.getAsLong(),
                views -> needed(MemoryEstimate.ofFirst(config, request, views)));
        throw new IllegalArgumentException(subject(request)
                + " takes about " + readable(needed(estimate)) + " (libraries " + readable(estimate.libraries())
                + ", weights " + readable(estimate.weights())
                + ", activations " + readable(estimate.activations()) + ", results " + readable(estimate.results())
                + "), and " + readable(budget.getAsLong()) + (limit > 0 ? " are allowed" : " are available") + "; "
                + legal(request, fitting));
    }

    /**
     * As {@link #require}, of photos that are not decoded yet: only their sizes are known.
     *
     * @param shape with any photos in the place of those, of which nothing is looked at
     * @param running what gives its memory back before this request begins
     */
    MemoryCheck fit(Request shape, List<InputProcessing.Size> photos, Optional<MemoryCheck> running) {
        int all = photos.size();
        InputProcessing.Size size =
                InputProcessing.processedSize(photos, shape.resolutionFor(config), shape.resizeMethod());
        String subject = "predicting " + count(all, "view") + " of " + size.width() + "x" + size.height();
        IntFunction<MemoryEstimate> estimate =
                views -> MemoryEstimate.of(config, shape, views, size.height(), size.width());
        IntToLongFunction onHeap =
                views -> decoded(photos, views) + estimate.apply(views).results();
        IntToLongFunction beyond = views -> needed(estimate.apply(views));
        long heapBytes = onHeap.applyAsLong(all);
        long passing = estimate.apply(all).total() - estimate.apply(all).held();
        long heapToCome = running.map(MemoryCheck::heapBytes).orElse(0L);
        if (heapBytes > heap.getAsLong() + heapToCome) {
            System.gc(); // what nothing refers to any more counts as used until it is collected
        }
        long free = heap.getAsLong() + heapToCome;
        if (heapBytes > free) {
            int fitting = fitting(all, free, onHeap);
            String sentence = subject + " and holding the photos takes about " + readable(heapBytes)
                    + " of the Java heap, and it can hold " + readable(free) + " more; " + legal(fitting)
                    + ", smaller photos, or a larger heap (-Xmx)";
            return new MemoryCheck(false, heapBytes, free, fitting, heapBytes, passing, sentence);
        }
        long toCome = limit > 0 ? 0 : running.map(MemoryCheck::passingBytes).orElse(0L);
        OptionalLong known = limit > 0 ? OptionalLong.of(limit) : available.get();
        long budget = known.isEmpty() ? Long.MAX_VALUE : known.getAsLong() + toCome;
        long needed = beyond.applyAsLong(all);
        boolean fits = needed <= budget;
        int fitting = fits ? all : fitting(all, budget, beyond);
        String sentence = subject + " takes about " + readable(needed) + ", and " + readable(budget)
                + (limit > 0 ? " are allowed" : " are available") + "; " + legal(fitting);
        return new MemoryCheck(fits, needed, budget, fitting, heapBytes, passing, sentence);
    }

    private static long decoded(List<InputProcessing.Size> photos, int views) {
        return photos.subList(0, views).stream()
                .mapToLong(photo -> 3L * photo.width() * photo.height())
                .sum();
    }

    private void requireHeap(Request request, long results) {
        if (results <= heap.getAsLong()) {
            return;
        }
        System.gc(); // what nothing refers to any more counts as used until it is collected
        long free = heap.getAsLong();
        if (results > free) {
            throw new IllegalArgumentException(subject(request) + " gives results of about " + readable(results)
                    + ", and the Java heap can hold " + readable(free)
                    + " more; legal: fewer or smaller views, or a larger heap (-Xmx)");
        }
    }

    private static long freeHeap() {
        Runtime jvm = Runtime.getRuntime();
        return jvm.maxMemory() - (jvm.totalMemory() - jvm.freeMemory());
    }

    private String subject(Request request) {
        int photos = request.images().size();
        if (request.independent()) {
            return "predicting " + count(photos, "independent photo");
        }
        InputProcessing.Size size =
                InputProcessing.size(request.images(), request.resolutionFor(config), request.resizeMethod());
        return "predicting " + count(photos, "view") + " of " + size.width() + "x" + size.height();
    }

    private static String legal(Request request, int fitting) {
        return request.independent() && fitting > 0
                ? "legal: the first " + fitting + " of these photos"
                : legal(fitting);
    }

    private static String legal(int fitting) {
        return fitting == 0
                ? "not even one view fits: lower the resolution or take a smaller model"
                : "legal: up to " + count(fitting, "view") + " of this size";
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private long needed(MemoryEstimate estimate) {
        boolean alreadyTaken = limit == 0 && weightsHeld;
        return estimate.total() - (alreadyTaken ? estimate.held() : 0);
    }

    /** By bisection, since every view more takes more. */
    private static int fitting(int photos, long budget, IntToLongFunction needed) {
        int fits = 0;
        int tooMany = photos;
        while (tooMany - fits > 1) {
            int views = (fits + tooMany) / 2;
            if (needed.applyAsLong(views) <= budget) {
                fits = views;
            } else {
                tooMany = views;
            }
        }
        return fits;
    }

    static String readable(long bytes) {
        return bytes < 1e9
                ? String.format(Locale.ROOT, "%.0f MB", bytes / 1e6)
                : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
