package da3.core;

import da3.nn.ModelConfig;
import java.util.Locale;
import java.util.OptionalLong;
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
        int fitting = fitting(request, budget.getAsLong());
        throw new IllegalArgumentException(subject(request)
                + " take about " + readable(needed(estimate)) + " (libraries " + readable(estimate.libraries())
                + ", weights " + readable(estimate.weights())
                + ", activations " + readable(estimate.activations()) + ", results " + readable(estimate.results())
                + "), and " + readable(budget.getAsLong()) + (limit > 0 ? " are allowed" : " are available") + "; "
                + legal(request, fitting));
    }

    private void requireHeap(Request request, long results) {
        if (results <= heap.getAsLong()) {
            return;
        }
        System.gc(); // what nothing refers to any more counts as used until it is collected
        long free = heap.getAsLong();
        if (results > free) {
            throw new IllegalArgumentException("the results of " + subject(request) + " take about " + readable(results)
                    + ", and the Java heap can hold " + readable(free)
                    + " more; legal: fewer or smaller views, or a larger heap (-Xmx)");
        }
    }

    private static long freeHeap() {
        Runtime jvm = Runtime.getRuntime();
        return jvm.maxMemory() - (jvm.totalMemory() - jvm.freeMemory());
    }

    private static String subject(Request request) {
        int photos = request.images().size();
        if (request.independent()) {
            return photos + " independent photos";
        }
        InputProcessing.Size size =
                InputProcessing.size(request.images(), request.resolution(), request.resizeMethod());
        return photos + " views of " + size.width() + "x" + size.height();
    }

    private static String legal(Request request, int fitting) {
        if (fitting == 0) {
            return "not even one view fits: lower the resolution or take a smaller model";
        }
        return request.independent()
                ? "legal: the first " + fitting + " of these photos"
                : "legal: up to " + fitting + " views of this size";
    }

    private long needed(MemoryEstimate estimate) {
        boolean alreadyTaken = limit == 0 && weightsHeld;
        return estimate.total() - (alreadyTaken ? estimate.held() : 0);
    }

    /** By bisection, since every view more takes more. */
    private int fitting(Request request, long budget) {
        int fits = 0;
        int tooMany = request.images().size();
        while (tooMany - fits > 1) {
            int views = (fits + tooMany) / 2;
            if (needed(MemoryEstimate.ofFirst(config, request, views)) <= budget) {
                fits = views;
            } else {
                tooMany = views;
            }
        }
        return fits;
    }

    private static String readable(long bytes) {
        return bytes < 1e9
                ? String.format(Locale.ROOT, "%.0f MB", bytes / 1e6)
                : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
