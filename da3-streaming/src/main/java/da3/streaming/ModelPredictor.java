package da3.streaming;

import da3.core.DepthAnything3;
import da3.core.InferenceOptions;
import da3.core.InputProcessing;
import da3.core.Prediction;
import da3.core.ProcessedInput;
import da3.core.Request;
import da3.core.ViewPrior;
import da3.streaming.frame.Frame;
import java.util.List;
import java.util.Optional;

/** Predicts windows with a model. */
final class ModelPredictor implements WindowPredictor {

    private final DepthAnything3 model;
    private final String name;
    private final InferenceOptions options;
    private final boolean usesPoses;

    /** The last block before views are mixed, whose tokens do not depend on the other frames; -1 if there is none. */
    private final int featureLayer;

    ModelPredictor(DepthAnything3 model, String name, InferenceOptions options) {
        this.model = model;
        this.name = name;
        featureLayer = model.config().main().backbone().altStart() - 1;
        // The run aligns windows to given poses itself, with what it knows from the windows before.
        this.options = options.toBuilder()
                .weightsHash(false)
                .alignDepth(false)
                .featureLayers(featureLayer >= 0 ? List.of(featureLayer) : List.of())
                .build();
        usesPoses = model.config().main().cameraEncoder().isPresent();
        if (model.config().main().cameraDecoderDim().isEmpty()) {
            throw new IllegalArgumentException(
                    "streaming needs a model that predicts cameras, but " + name + " predicts none");
        }
    }

    @Override
    public String description() {
        return "model " + name + ", resolution " + options.resolutionFor(model.config()) + " by "
                + options.resizeMethod() + ", reference view " + options.referenceView() + ", poses from "
                + (options.posesFromRays() ? "rays" : "camera tokens");
    }

    @Override
    public Frame prepare(Frame frame) {
        ProcessedInput input = InputProcessing.process(
                List.of(frame.image()), List.of(), options.resolutionFor(model.config()), options.resizeMethod());
        return frame.resized(input.images().get(0), input.transforms().get(0));
    }

    @Override
    public WindowPrediction predict(List<Frame> frames) {
        boolean calibrated =
                frames.stream().allMatch(frame -> frame.intrinsics().isPresent());
        List<ViewPrior> priors = frames.stream()
                .map(frame -> new ViewPrior(
                        usesPoses ? frame.pose() : Optional.empty(),
                        calibrated ? frame.intrinsics() : Optional.empty(),
                        List.of()))
                .toList();
        Prediction prediction =
                model.predict(new Request(frames.stream().map(Frame::image).toList(), priors, options));
        List<float[]> descriptors =
                featureLayer >= 0 ? descriptors(prediction, featureLayer, frames.size()) : List.of();
        return new WindowPrediction(prediction.scene(), descriptors, prediction.scaled());
    }

    @Override
    public List<float[]> describe(List<Frame> frames) {
        int last = model.config().main().backbone().depth() - 1;
        InferenceOptions alone = options.toBuilder()
                .independent(true)
                .featureLayers(List.of(last))
                .build();
        Request request = Request.of(frames.stream().map(Frame::image).toList()).withOptions(alone);
        return descriptors(model.predict(request), last, frames.size());
    }

    private List<float[]> descriptors(Prediction prediction, int layer, int views) {
        int channels = model.config().main().backbone().embedDim();
        return TokenDescriptors.of(prediction.features().get(layer), views, channels);
    }
}
