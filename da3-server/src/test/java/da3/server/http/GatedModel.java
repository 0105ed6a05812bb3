package da3.server.http;

import da3.core.DepthAnything3;
import da3.core.InferenceOptions;
import da3.core.InputProcessing;
import da3.core.MemoryCheck;
import da3.core.Prediction;
import da3.core.Request;
import da3.core.ViewPrior;
import da3.nn.ModelConfig;
import da3.nn.Progress;
import da3.server.tasks.ModelHolder;
import da3.server.tasks.ServedModel;
import da3.streaming.WindowPredictor;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;

/** A small model whose predictions wait for permits. */
final class GatedModel implements ServedModel {

    private final ServedModel small = ServedModel.of(DepthAnything3.load("seeded:da3-small"));
    private final Semaphore permits;

    private final boolean uninterruptible;

    private GatedModel(Semaphore permits, boolean uninterruptible) {
        this.permits = permits;
        this.uninterruptible = uninterruptible;
    }

    static ModelHolder holder(Semaphore permits) {
        return new ModelHolder("gated", name -> new GatedModel(permits, false));
    }

    /** Returns a model that ignores interrupts. */
    static ModelHolder uninterruptible(Semaphore permits) {
        return new ModelHolder("uninterruptible", name -> new GatedModel(permits, true));
    }

    @Override
    public ModelConfig config() {
        return small.config();
    }

    @Override
    public String engine() {
        return small.engine();
    }

    @Override
    public MemoryCheck fit(
            List<InputProcessing.Size> images,
            List<ViewPrior> priors,
            InferenceOptions options,
            Optional<MemoryCheck> running) {
        return options.resolutionFor(config()) > 1000
                ? new MemoryCheck(false, 3_000, 2_000, 1, 1, 1, "it takes 3000 bytes, and there are 2000")
                : small.fit(images, priors, options, running);
    }

    @Override
    public Prediction predict(Request request, Progress progress) {
        try {
            if (uninterruptible) {
                permits.acquireUninterruptibly();
            } else {
                permits.acquire();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("cancelled");
        }
        return small.predict(request, progress);
    }

    @Override
    public WindowPredictor windowPredictor(String name, InferenceOptions options) {
        return small.windowPredictor(name, options);
    }

    @Override
    public void close() {
        small.close();
    }
}
