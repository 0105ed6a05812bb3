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
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A loaded model, as far as the service needs one. */
public interface ServedModel extends AutoCloseable {

    /** Loads a model by its name. */
    @FunctionalInterface
    interface Loader {

        /** @throws IOException if files are missing or damaged; the message says which */
        ServedModel load(String name) throws IOException;
    }

    ModelConfig config();

    /** What computes, in one sentence. */
    String engine();

    /** Returns what a user of its results must know, one sentence each. */
    default List<String> notices() {
        return List.of();
    }

    /** As {@link DepthAnything3#fit}: checks whether images of these sizes fit into memory. */
    MemoryCheck fit(
            List<InputProcessing.Size> images,
            List<ViewPrior> priors,
            InferenceOptions options,
            Optional<MemoryCheck> running);

    /** As {@link DepthAnything3#predict(Request, Progress)}: an interrupt of the calling thread cancels it. */
    Prediction predict(Request request, Progress progress);

    @Override
    void close();

    /** Closed with the model that it is. */
    static ServedModel of(DepthAnything3 model) {
        return new LoadedModel(model, List.of());
    }

    /** Loads what was opened; the notices of the source come with every result. */
    static ServedModel load(ModelSource source, EngineOptions options) {
        List<String> notices = source.notices();
        return new LoadedModel(DepthAnything3.load(source, options), notices);
    }
}
