package da3.evaluation.predictor;

import da3.core.DepthAnything3;
import da3.core.Prediction;
import da3.core.Request;
import da3.evaluation.PredictedScene;
import da3.evaluation.Predictor;
import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.metrics.RayMapCameras;
import da3.nn.DptConfig;
import da3.nn.NetworkConfig;
import da3.nn.Output;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** One of our models. Cameras come from the camera head and, as a second prediction of the same run, from the rays. */
public final class NetworkPredictor implements Predictor {

    private static final long SEED = 42; // of the fits of cameras to rays

    private final String name;
    private final String weights;
    private final DepthAnything3 model;
    private final OptionalInt resolution;
    private final Set<Output> outputs;

    /**
     * Creates a predictor.
     *
     * @param name name in results
     * @param weights description of the origin of the weights, with a digest if there is one
     * @param model the model; closed with this predictor
     * @param resolution length in pixels to which the longer side of images is resized; empty for their own size
     */
    public NetworkPredictor(String name, String weights, DepthAnything3 model, OptionalInt resolution) {
        this.name = name;
        this.weights = weights;
        this.model = model;
        this.resolution = resolution;
        this.outputs = outputs(model.config().main());
    }

    private static Set<Output> outputs(NetworkConfig network) {
        Set<Output> outputs = EnumSet.of(Output.DEPTH);
        if (network.cameraDecoderDim().isPresent()) {
            outputs.add(Output.CAMERA);
        }
        if (network.head().kind() == DptConfig.Kind.DEPTH_AND_RAYS) {
            outputs.add(Output.RAYS);
        }
        return outputs;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        String size = resolution.isPresent() ? resolution.getAsInt() + " pixels" : "the images' own size";
        return weights + ", " + model.engine().name() + " in " + model.engine().precision() + ", at " + size;
    }

    @Override
    public boolean takesCameras() {
        return model.config().main().cameraEncoder().isPresent();
    }

    @Override
    public PredictedScene predict(List<Image> images, Optional<List<Camera>> cameras) {
        Image first = images.get(0);
        Request request = Request.of(images).withOptions(o -> o.weightsHash(false)
                .nativeSize(true)
                .outputs(outputs)
                .alignDepth(false)
                .seed(SEED)
                .resolution(resolution.orElse(Math.max(first.width(), first.height()))));
        if (cameras.isPresent()) {
            request = request.withCameras(
                    cameras.get().stream().map(Camera::pose).toList(),
                    cameras.get().stream().map(Camera::intrinsics).toList());
        }
        Prediction prediction = model.predict(request);
        return new PredictedScene(
                prediction.scene().views(),
                prediction.rays().map(rays -> RayMapCameras.of(rays, first.height(), first.width(), SEED)));
    }

    @Override
    public void close() {
        model.close();
    }
}
