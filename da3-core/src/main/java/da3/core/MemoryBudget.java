package da3.core;

import da3.nn.ModelConfig;
import da3.nn.shape.OperationMemory;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Checks whether requests fit into memory before anything is computed. */
final class MemoryBudget {

    private final ModelConfig config;
    private final NetworkMemories networks;
    private final long limit;
    private final Supplier<OptionalLong> available;
    private final LongSupplier heap;
    private volatile boolean weightsLoaded;

    /**
     * @param operations memory of the operations of the engine
     * @param limit limit in bytes for everything that is estimated; 0 for the memory available
     */
    MemoryBudget(ModelConfig config, OperationMemory operations, long limit) {
        this(config, operations, limit, AvailableMemory::bytes, MemoryBudget::freeHeap);
    }

    /**
     * @param available available bytes of the machine, empty if unknown
     * @param heap free bytes of the Java heap, including its possible growth
     */
    MemoryBudget(
            ModelConfig config,
            OperationMemory operations,
            long limit,
            Supplier<OptionalLong> available,
            LongSupplier heap) {
        this.config = config;
        this.networks = new NetworkMemories(operations);
        this.limit = limit;
        this.available = available;
        this.heap = heap;
    }

    /** Marks libraries and weights as loaded, so that they no longer count as memory still needed. */
    void markWeightsLoaded() {
        weightsLoaded = true;
    }

    /**
     * Checks a request whose images are decoded already.
     *
     * @param images sizes of the images in pixels
     * @param knownPoses number of views whose pose is given
     * @throws IllegalArgumentException if the request needs more memory than there is; the message says how many views fit. Also
     *     if its results need more than the free Java heap
     */
    void require(List<InputProcessing.Size> images, InferenceOptions options, int knownPoses) {
        IntFunction<MemoryEstimate> ofFirst =
                views -> MemoryEstimate.ofFirst(views, config, images, options, knownPoses, networks);
        MemoryEstimate estimate = ofFirst.apply(images.size());
        String subject = subject(images, options);
        requireHeap(subject, estimate.results());
        OptionalLong budget = limit > 0 ? OptionalLong.of(limit) : available.get();
        if (budget.isEmpty() || needed(estimate) <= budget.getAsLong()) {
            return;
        }
        int fitting = fitting(images.size(), budget.getAsLong(), views -> needed(ofFirst.apply(views)));
        throw new IllegalArgumentException(subject
                + " needs about " + readable(needed(estimate)) + " (libraries " + readable(estimate.libraries())
                + ", weights " + readable(estimate.weights())
                + ", activations " + readable(estimate.activations()) + ", results " + readable(estimate.results())
                + "), but only " + readable(budget.getAsLong()) + (limit > 0 ? " are allowed" : " are available") + ": "
                + advice(options, fitting));
    }

    /**
     * Checks a request whose images are not decoded yet.
     *
     * @param images sizes of the images in pixels
     * @param knownPoses number of views whose pose is given
     * @param running check of the running request, which releases its memory before this one begins
     */
    MemoryCheck fit(
            List<InputProcessing.Size> images,
            InferenceOptions options,
            int knownPoses,
            Optional<MemoryCheck> running) {
        int all = images.size();
        String subject = subject(images, options);
        IntFunction<MemoryEstimate> estimate =
                views -> MemoryEstimate.ofFirst(views, config, images, options, knownPoses, networks);
        IntToLongFunction onHeap =
                views -> decodedBytes(images, views) + estimate.apply(views).results();
        IntToLongFunction offHeap = views -> needed(estimate.apply(views));
        long heapBytes = onHeap.applyAsLong(all);
        long temporary = estimate.apply(all).total() - estimate.apply(all).held();
        long heapToBeReleased = running.map(MemoryCheck::heapBytes).orElse(0L);
        if (heapBytes > heap.getAsLong() + heapToBeReleased) {
            System.gc(); // unreachable objects count as used until they are collected
        }
        long free = heap.getAsLong() + heapToBeReleased;
        if (heapBytes > free) {
            int fitting = fitting(all, free, onHeap);
            String sentence = subject + " and holding the images needs about " + readable(heapBytes)
                    + " of the Java heap, but only " + readable(free) + " are free: " + advice(options, fitting)
                    + ", or use smaller images or a larger heap (-Xmx)";
            return new MemoryCheck(false, heapBytes, free, fitting, heapBytes, temporary, sentence);
        }
        long toBeReleased =
                limit > 0 ? 0 : running.map(MemoryCheck::temporaryBytes).orElse(0L);
        OptionalLong known = limit > 0 ? OptionalLong.of(limit) : available.get();
        long budget = known.isEmpty() ? Long.MAX_VALUE : known.getAsLong() + toBeReleased;
        long needed = offHeap.applyAsLong(all);
        boolean fits = needed <= budget;
        int fitting = fits ? all : fitting(all, budget, offHeap);
        String sentence = subject + " needs about " + readable(needed) + ", " + (fits ? "and " : "but only ")
                + readable(budget) + (limit > 0 ? " are allowed" : " are available") + ": " + advice(options, fitting);
        return new MemoryCheck(fits, needed, budget, fitting, heapBytes, temporary, sentence);
    }

    private static long decodedBytes(List<InputProcessing.Size> images, int views) {
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
            throw new IllegalArgumentException(subject + " needs about " + readable(results)
                    + " of the Java heap for results, but only " + readable(free)
                    + " are free: use fewer or smaller views, or a larger heap (-Xmx)");
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
            return "not even one view fits, so lower the resolution or use a smaller model";
        }
        return options.independent()
                ? "the first " + fitting + " of these images fit"
                : "up to " + count(fitting, "view") + " of this size fit";
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private long needed(MemoryEstimate estimate) {
        boolean alreadyLoaded = limit == 0 && weightsLoaded;
        return estimate.total() - (alreadyLoaded ? estimate.held() : 0);
    }

    /**
     * Returns how many views fit, by bisection. The result always fits; since memory fragments, a few more views may fit
     * too.
     */
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
