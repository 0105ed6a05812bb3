package da3.server.tasks;

import da3.core.DepthAnything3;
import da3.core.EngineOptions;
import da3.core.InferenceOptions;
import da3.core.InputProcessing;
import da3.core.MemoryCheck;
import da3.core.ModelSource;
import da3.core.Prediction;
import da3.core.Request;
import da3.core.ViewPrior;
import da3.nn.ModelConfig;
import da3.nn.Progress;
import da3.streaming.WindowPredictor;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A loaded model, with the operations that the service needs. */
public interface ServedModel extends AutoCloseable {

    /** A loader of models by name. */
    @FunctionalInterface
    interface Loader {

        /** @throws IOException if files are missing or damaged; the message names the file */
        ServedModel load(String name) throws IOException;
    }

    ModelConfig config();

    /** Returns a description of the engine, one sentence. */
    String engine();

    /** Returns notices for users of the results, one sentence each. */
    default List<String> notices() {
        return List.of();
    }

    /** Checks whether images of these sizes fit into memory, like {@link DepthAnything3#fit}. */
    MemoryCheck fit(
            List<InputProcessing.Size> images,
            List<ViewPrior> priors,
            InferenceOptions options,
            Optional<MemoryCheck> running);

    /** Predicts like {@link DepthAnything3#predict(Request, Progress)}; an interrupt of the calling thread cancels it. */
    Prediction predict(Request request, Progress progress);

    /**
     * Returns a predictor of the windows of a stream.
     *
     * @param name name of the model, which identifies the predictor
     * @throws IllegalArgumentException if the model predicts no cameras
     */
    WindowPredictor windowPredictor(String name, InferenceOptions options);

    @Override
    void close();

    /** Returns a served model that owns and closes the given model. */
    static ServedModel of(DepthAnything3 model) {
        return new LoadedModel(model, List.of());
    }

    /** Loads the model of a source; its notices are added to the warnings of every task. */
    static ServedModel load(ModelSource source, EngineOptions options) {
        List<String> notices = source.notices();
        return new LoadedModel(DepthAnything3.load(source, options), notices);
    }
}
