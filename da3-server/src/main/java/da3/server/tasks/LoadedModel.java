package da3.server.tasks;

import da3.core.DepthAnything3;
import da3.core.InferenceOptions;
import da3.core.InputProcessing;
import da3.core.MemoryCheck;
import da3.core.Prediction;
import da3.core.Request;
import da3.core.ViewPrior;
import da3.nn.ModelConfig;
import da3.nn.Progress;
import da3.streaming.WindowPredictor;
import java.util.List;
import java.util.Optional;

/** A {@link DepthAnything3} model with the notices of its source. */
record LoadedModel(DepthAnything3 model, List<String> notices) implements ServedModel {

    @Override
    public ModelConfig config() {
        return model.config();
    }

    @Override
    public String engine() {
        return model.engine().description();
    }

    @Override
    public MemoryCheck fit(
            List<InputProcessing.Size> images,
            List<ViewPrior> priors,
            InferenceOptions options,
            Optional<MemoryCheck> running) {
        return model.fit(images, priors, options, running);
    }

    @Override
    public Prediction predict(Request request, Progress progress) {
        return model.predict(request, progress);
    }

    @Override
    public WindowPredictor windowPredictor(String name, InferenceOptions options) {
        return WindowPredictor.of(model, name, options);
    }

    @Override
    public void close() {
        model.close();
    }
}
