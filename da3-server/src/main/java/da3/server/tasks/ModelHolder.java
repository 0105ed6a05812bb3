package da3.server.tasks;

import da3.core.DepthAnything3;
import da3.core.EngineOptions;
import java.io.IOException;

/** Keeps one model warm. */
public final class ModelHolder implements AutoCloseable {

    /** Nothing is loaded before {@link #warmUp()} or the first task. */
    public ModelHolder(String name, ServedModel.Loader loader) {
        throw new UnsupportedOperationException();
    }

    /** Of {@link DepthAnything3#load(String, EngineOptions)}. */
    public static ModelHolder of(String name, EngineOptions options) {
        return new ModelHolder(name, model -> ServedModel.of(DepthAnything3.load(model, options)));
    }

    /** Begins to load in the background; {@link #status()} tells when it is done, and if it failed. */
    public void warmUp() {
        throw new UnsupportedOperationException();
    }

    public ModelStatus status() {
        throw new UnsupportedOperationException();
    }

    /**
     * Waits for the running prediction, closes the model and loads another, or the same anew.
     *
     * @throws IOException if it cannot be loaded; the next task tries again
     */
    public void reload(String name) throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** Waits for the running prediction and closes the model; a second call does nothing. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
