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

/** Keeps one model loaded, and runs one prediction at a time. */
public final class ModelHolder implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ModelHolder.class.getName());
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final ServedModel.Loader loader;

    /** Held while a model is loaded, used or closed. */
    private final ReentrantLock lock = new ReentrantLock(true);

    private volatile ServedModel model; // null unless loaded
    private volatile ModelStatus status;
    private volatile boolean closed;

    /**
     * Creates a holder without loading the model, which {@link #warmUp()} or the first task does.
     *
     * @param name name of the model
     * @param loader loader of models by name
     */
    public ModelHolder(String name, ServedModel.Loader loader) {
        this.loader = loader;
        this.status = unloaded(name, false, Optional.empty());
    }

    /** Creates a holder of a model with a name that {@link DepthAnything3#load(String, EngineOptions)} accepts. */
    public static ModelHolder of(String name, EngineOptions options) {
        return new ModelHolder(
                name,
                reference -> ServedModel.load(
                        ModelSource.open(ModelReference.parse(reference), ModelSource.hub()), options));
    }

    /** Starts loading in the background; {@link #status()} reports the result. */
    public void warmUp() {
        Thread thread = new Thread(this::loadQuietly, "da3-model");
        thread.setDaemon(true);
        thread.start();
    }

    public ModelStatus status() {
        return status;
    }

    /**
     * Waits for the running prediction, closes the model and loads the named one.
     *
     * @throws IOException if the model cannot be loaded; the next task then loads the previous model
     * @throws IllegalStateException after {@link #close()}
     */
    public void reload(String name) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            requireOpen();
            String previous = status.name();
            unload();
            try {
                load(name);
            } catch (IOException | RuntimeException | Error e) {
                status = unloaded(previous, false, Optional.of(name + ": " + ErrorMessage.of(e)));
                throw e;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns the model, and loads it if needed. The result must not be used for predictions. */
    ServedModel loadIfNeeded() throws IOException {
        ServedModel loaded = model;
        if (loaded != null) {
            return loaded;
        }
        lock.lock();
        try {
            requireOpen();
            if (model == null) {
                load(status.name());
            }
            return model;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for other predictions and predicts.
     *
     * @throws CancellationException if the thread is interrupted
     */
    Prediction predict(Request request, Progress progress) throws IOException {
        return use(loaded -> loaded.predict(request, progress));
    }

    /** A use of the model. */
    @FunctionalInterface
    interface Use<T> {
        T of(ServedModel model) throws IOException;
    }

    /**
     * Waits for other predictions and uses the model, which nobody else uses or reloads meanwhile.
     *
     * @throws CancellationException if the thread is interrupted
     */
    <T> T use(Use<T> use) throws IOException {
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("prediction was cancelled before it started");
        }
        try {
            ServedModel loaded = loadIfNeeded();
            markUsed();
            return use.of(loaded);
        } finally {
            markUsed();
            lock.unlock();
        }
    }

    /**
     * Waits for the running prediction and closes the model; a second call has no effect. If the prediction does not end
     * within ten seconds, the model stays open.
     */
    @Override
    public void close() {
        closeWithin(CLOSE_TIMEOUT);
    }

    void closeWithin(Duration timeout) {
        closed = true;
        if (!tryLock(timeout)) {
            LOG.log(System.Logger.Level.WARNING, "the running prediction has not ended; the model stays open");
            return;
        }
        try {
            unload();
        } finally {
            lock.unlock();
        }
    }

    private boolean tryLock(Duration timeout) {
        boolean interrupted = false;
        long end = System.nanoTime() + timeout.toNanos();
        try {
            while (true) {
                try {
                    return lock.tryLock(end - System.nanoTime(), TimeUnit.NANOSECONDS);
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
            loadIfNeeded();
        } catch (IOException | RuntimeException | Error failed) {
            // the status has the failure
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

    private void unload() {
        ServedModel unloadedModel = model;
        model = null;
        status = unloaded(status.name(), false, Optional.empty());
        if (unloadedModel != null) {
            unloadedModel.close();
        }
    }

    private void markUsed() {
        ModelStatus now = status;
        if (now.loaded()) {
            status = loaded(now.name(), now.loadTime().orElseThrow(), Optional.of(Instant.now()));
        }
    }

    private ModelStatus loaded(String name, Duration loadTime, Optional<Instant> lastUsed) {
        ModelConfig config = model.config();
        boolean metric = config.metric().isPresent() || config.depthUnit() != ModelConfig.DepthUnit.ARBITRARY;
        return new ModelStatus(
                true,
                false,
                name,
                Optional.of(model.engine()),
                Optional.of(loadTime),
                lastUsed,
                config.main().cameraDecoderDim().isPresent(),
                config.main().gaussians().isPresent(),
                metric,
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
            throw new IllegalStateException("the model holder is closed");
        }
    }
}
