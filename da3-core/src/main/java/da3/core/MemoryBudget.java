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
     * Refuses a request whose images are decoded already.
     *
     * @param images sizes of the images in pixels
     * @param knownPoses number of views whose pose is given
     * @throws IllegalArgumentException if the request needs more memory than there is, and the message says how many views
     *     fit; or if its results need more than the Java heap can hold
     */
    void require(List<InputProcessing.Size> images, InferenceOptions options, int knownPoses) {
        IntFunction<MemoryEstimate> ofFirst =
                views -> MemoryEstimate.ofFirst(views, config, images, options, knownPoses);
        MemoryEstimate estimate = ofFirst.apply(images.size());
        String subject = subject(images, options);
        requireHeap(subject, estimate.results());
        OptionalLong budget = limit > 0 ? OptionalLong.of(limit) : available.get();
        if (budget.isEmpty() || needed(estimate) <= budget.getAsLong()) {
            return;
        }
        int fitting = fitting(images.size(), budget.getAsLong(), views -> needed(ofFirst.apply(views)));
        throw new IllegalArgumentException(subject
                + " takes about " + readable(needed(estimate)) + " (libraries " + readable(estimate.libraries())
                + ", weights " + readable(estimate.weights())
                + ", activations " + readable(estimate.activations()) + ", results " + readable(estimate.results())
                + "), and " + readable(budget.getAsLong()) + (limit > 0 ? " are allowed" : " are available") + ": "
                + advice(options, fitting));
    }

    /**
     * Checks a request whose images are not decoded yet.
     *
     * @param images sizes of the images in pixels
     * @param knownPoses number of views whose pose is given
     * @param running the check of the request that releases its memory before this one begins
     */
    MemoryCheck fit(
            List<InputProcessing.Size> images,
            InferenceOptions options,
            int knownPoses,
            Optional<MemoryCheck> running) {
        int all = images.size();
        String subject = subject(images, options);
        IntFunction<MemoryEstimate> estimate =
                views -> MemoryEstimate.ofFirst(views, config, images, options, knownPoses);
        IntToLongFunction onHeap =
                views -> decoded(images, views) + estimate.apply(views).results();
        IntToLongFunction beyond = views -> needed(estimate.apply(views));
        long heapBytes = onHeap.applyAsLong(all);
        long passing = estimate.apply(all).total() - estimate.apply(all).held();
        long heapToCome = running.map(MemoryCheck::heapBytes).orElse(0L);
        if (heapBytes > heap.getAsLong() + heapToCome) {
            System.gc(); // unreachable objects count as used until they are collected
        }
        long free = heap.getAsLong() + heapToCome;
        if (heapBytes > free) {
            int fitting = fitting(all, free, onHeap);
            String sentence = subject + " and holding the images takes about " + readable(heapBytes)
                    + " of the Java heap, and it can hold " + readable(free) + " more: " + advice(options, fitting)
                    + ", or use smaller images or a larger heap (-Xmx)";
            return new MemoryCheck(false, heapBytes, free, fitting, heapBytes, passing, sentence);
        }
        long toCome = limit > 0 ? 0 : running.map(MemoryCheck::passingBytes).orElse(0L);
        OptionalLong known = limit > 0 ? OptionalLong.of(limit) : available.get();
        long budget = known.isEmpty() ? Long.MAX_VALUE : known.getAsLong() + toCome;
        long needed = beyond.applyAsLong(all);
        boolean fits = needed <= budget;
        int fitting = fits ? all : fitting(all, budget, beyond);
        String sentence = subject + " takes about " + readable(needed) + ", and " + readable(budget)
                + (limit > 0 ? " are allowed" : " are available") + ": " + advice(options, fitting);
        return new MemoryCheck(fits, needed, budget, fitting, heapBytes, passing, sentence);
    }

    private static long decoded(List<InputProcessing.Size> images, int views) {
        return images.subList(0, views).stream()
                .mapToLong(image -> 3L * image.width() * image.height())
                .sum();
    }

    private void requireHeap(String subject, long results) {
        if (results <= heap.getAsLong()) {
            return;
        }
        System.gc(); // unreachable objects count as used until they are collected
        long free = heap.getAsLong();
        if (results > free) {
            throw new IllegalArgumentException(subject + " gives results of about " + readable(results)
                    + ", and the Java heap can hold " + readable(free)
                    + " more: use fewer or smaller views, or a larger heap (-Xmx)");
        }
    }

    private static long freeHeap() {
        Runtime jvm = Runtime.getRuntime();
        return jvm.maxMemory() - (jvm.totalMemory() - jvm.freeMemory());
    }

    private String subject(List<InputProcessing.Size> images, InferenceOptions options) {
        if (options.independent()) {
            return "predicting " + count(images.size(), "independent image");
        }
        InputProcessing.Size size =
                InputProcessing.processedSize(images, options.resolutionFor(config), options.resizeMethod());
        return "predicting " + count(images.size(), "view") + " of " + size.width() + "x" + size.height();
    }

    private static String advice(InferenceOptions options, int fitting) {
        if (fitting == 0) {
            return "not even one view fits, so lower the resolution or take a smaller model";
        }
        return options.independent()
                ? "the first " + fitting + " of these images fit"
                : "up to " + count(fitting, "view") + " of this size fit";
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private long needed(MemoryEstimate estimate) {
        boolean alreadyTaken = limit == 0 && weightsHeld;
        return estimate.total() - (alreadyTaken ? estimate.held() : 0);
    }

    /** Returns how many views fit, found by bisection, since every further view needs more. */
    private static int fitting(int all, long budget, IntToLongFunction needed) {
        int fits = 0;
        int tooMany = all;
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
