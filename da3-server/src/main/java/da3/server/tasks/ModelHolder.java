package da3.server.tasks;

import da3.core.DepthAnything3;
import da3.core.EngineOptions;
import da3.core.ErrorMessage;
import da3.core.ModelReference;
import da3.core.ModelSource;
import da3.core.Prediction;
import da3.core.Request;
import da3.nn.ModelConfig;
import da3.nn.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps one model warm, and lets one prediction use it at a time. */
public final class ModelHolder implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ModelHolder.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ServedModel.Loader loader;

    /** Held while a model is loaded, used or closed. */
    private final ReentrantLock calls = new ReentrantLock(true);

    private volatile ServedModel model; // null while none is loaded
    private volatile ModelStatus status;
    private volatile boolean closed;

    /** Nothing is loaded before {@link #warmUp()} or the first task. */
    public ModelHolder(String name, ServedModel.Loader loader) {
        this.loader = loader;
        this.status = unloaded(name, false, Optional.empty());
    }

    /** Holds a model by its name, as {@link DepthAnything3#load(String, EngineOptions)} finds it. */
    public static ModelHolder of(String name, EngineOptions options) {
        return new ModelHolder(
                name, any -> ServedModel.load(ModelSource.open(ModelReference.parse(any), ModelSource.hub()), options));
    }

    /** Begins to load in the background; {@link #status()} tells when it is done, and if it failed. */
    public void warmUp() {
        Thread thread = new Thread(this::loadQuietly, "da3-model");
        thread.setDaemon(true);
        thread.start();
    }

    public ModelStatus status() {
        return status;
    }

    /**
     * Waits for the running prediction, closes the model and loads another, or the same anew.
     *
     * @throws IOException if it cannot be loaded; the next task loads the one before
     */
    public void reload(String name) throws IOException, InterruptedException {
        calls.lockInterruptibly();
        try {
            requireOpen();
            String before = status.name();
            release();
            try {
                load(name);
            } catch (IOException | RuntimeException | Error e) {
                status = unloaded(before, false, Optional.of(name + ": " + ErrorMessage.of(e)));
                throw e;
            }
        } finally {
            calls.unlock();
        }
    }

    /** The model, loaded if it is not yet; for looking at, not for predicting. */
    ServedModel ready() throws IOException {
        ServedModel loaded = model;
        if (loaded != null) {
            return loaded;
        }
        calls.lock();
        try {
            requireOpen();
            if (model == null) {
                load(status.name());
            }
            return model;
        } finally {
            calls.unlock();
        }
    }

    /**
     * Predicts when no other prediction runs.
     *
     * @throws CancellationException if the thread is interrupted
     */
    Prediction predict(Request request, Progress progress) throws IOException {
        try {
            calls.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("prediction was cancelled before it began");
        }
        try {
            ServedModel loaded = ready();
            used();
            return loaded.predict(request, progress);
        } finally {
            used();
            calls.unlock();
        }
    }

    /**
     * Waits for the running prediction and closes the model; a second call does nothing. A prediction that goes on for ten
     * seconds more keeps the model until the process ends.
     */
    @Override
    public void close() {
        closeWithin(PATIENCE);
    }

    void closeWithin(Duration patience) {
        closed = true;
        if (!locked(patience)) {
            LOG.log(System.Logger.Level.WARNING, "the model is still at work, and is left behind");
            return;
        }
        try {
            release();
        } finally {
            calls.unlock();
        }
    }

    private boolean locked(Duration patience) {
        boolean interrupted = false;
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (true) {
                try {
                    return calls.tryLock(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void loadQuietly() {
        try {
            ready();
        } catch (IOException | RuntimeException | Error failed) {
            // What the status says.
        }
    }

    private void load(String name) throws IOException {
        status = unloaded(name, true, Optional.empty());
        long start = System.nanoTime();
        try {
            model = loader.load(name);
        } catch (UncheckedIOException e) {
            status = unloaded(name, false, Optional.of(ErrorMessage.of(e)));
            throw e.getCause();
        } catch (IOException | RuntimeException | Error e) {
            status = unloaded(name, false, Optional.of(ErrorMessage.of(e)));
            throw e;
        }
        status = loaded(name, Duration.ofNanos(System.nanoTime() - start), Optional.empty());
    }

    private void release() {
        ServedModel held = model;
        model = null;
        status = unloaded(status.name(), false, Optional.empty());
        if (held != null) {
            held.close();
        }
    }

    private void used() {
        ModelStatus now = status;
        if (now.loaded()) {
            status = loaded(now.name(), now.loadTime().orElseThrow(), Optional.of(Instant.now()));
        }
    }

    private ModelStatus loaded(String name, Duration loadTime, Optional<Instant> lastUsed) {
        ModelConfig config = model.config();
        boolean meters = config.metric().isPresent() || config.depthUnit() != ModelConfig.DepthUnit.ARBITRARY;
        return new ModelStatus(
                true,
                false,
                name,
                Optional.of(model.engine()),
                Optional.of(loadTime),
                lastUsed,
                config.main().cameraDecoderDim().isPresent(),
                config.main().gaussians().isPresent(),
                meters,
                OptionalInt.of(config.processingSize()),
                Optional.empty());
    }

    private static ModelStatus unloaded(String name, boolean loading, Optional<String> failure) {
        return new ModelStatus(
                false,
                loading,
                name,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                false,
                OptionalInt.empty(),
                failure);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the service has let go of its model");
        }
    }
}
