package da3.core;

import da3.geometry.Camera;
import da3.geometry.PoseEncoding;
import da3.nn.Cancellation;
import da3.nn.Engine;
import da3.nn.ModelConfig;
import da3.nn.Network;
import da3.nn.NetworkInput;
import da3.nn.NetworkOutput;
import da3.nn.NetworkRequest;
import da3.nn.Output;
import da3.nn.Progress;
import da3.nn.WeightSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The networks and the post-processing of a model: from normalized images to geometry. */
public final class Pipeline {

    private final Engine engine;
    private final ModelConfig config;
    private final Network main;
    private final Optional<Network> metric;

    /** Outputs of the networks and the geometry computed from them. {@code metric} is null without a metric network. */
    public record Result(NetworkOutput main, NetworkOutput metric, Reconstruction reconstruction) {}

    /** Outputs of the networks. {@code metric} is null without a metric network. */
    private record Outputs(NetworkOutput main, NetworkOutput metric) {}

    /** Creates a pipeline; no weights are read yet. */
    public Pipeline(Engine engine, WeightSource weights, ModelConfig config) {
        this.engine = engine;
        this.config = config;
        this.main = new Network(engine, weights, config.mainPath(), config.main());
        this.metric = config.metric().map(c -> new Network(engine, weights, config.metricPath(), c));
    }

    public ModelConfig config() {
        return config;
    }

    /** Returns whether the main network can compute an output. */
    public boolean has(Output output) {
        return main.has(output);
    }

    /**
     * Runs the networks and the post-processing.
     *
     * @param image normalized images, (views, 3, height, width)
     * @param cameras cameras that condition the network, in its frame and unit (see
     *     {@link da3.geometry.align.PoseNormalization})
     * @throws IllegalArgumentException if the model cannot compute a requested output
     */
    public Result run(
            float[] image,
            int views,
            int height,
            int width,
            Optional<List<Camera>> cameras,
            NetworkRequest request,
            PostProcessing postProcessing,
            Progress progress) {
        NetworkInput input = new NetworkInput(
                image,
                views,
                height,
                width,
                cameras.map(c -> PoseEncoding.ofAll(c, height, width)).orElse(null));
        NetworkRequest completed = completed(request, postProcessing);
        Cancellation cancellation = new Cancellation(progress);
        // one task of the engine, so that closing the engine waits for both networks
        Outputs outputs = engine.run(
                () -> new Outputs(
                        main.forward(input, completed, cancellation),
                        metric.isEmpty()
                                ? null
                                : metric.get()
                                        .forward(
                                                new NetworkInput(image, views, height, width, null),
                                                metricRequest(request),
                                                cancellation)),
                cancellation::cancel);
        Reconstruction reconstruction = postProcessing.apply(
                outputs.main(), outputs.metric(), views, height, width, config, cameras.map(given -> given.stream()
                        .map(Camera::pose)
                        .toList()));
        return new Result(outputs.main(), outputs.metric(), reconstruction);
    }

    /**
     * Returns the cameras that the network predicts without given ones. Only the backbone and the head for cameras or rays
     * are computed.
     *
     * @param image normalized images, (views, 3, height, width)
     * @throws IllegalArgumentException if the model predicts no cameras
     */
    public List<Camera> cameras(
            float[] image,
            int views,
            int height,
            int width,
            NetworkRequest request,
            PostProcessing postProcessing,
            Progress progress) {
        Output source = postProcessing.posesFromRays() ? Output.RAYS : Output.CAMERA;
        NetworkRequest camerasOnly = request.withOutputs(EnumSet.of(source)).withFeatureLayers(List.of());
        NetworkOutput output = main.forward(new NetworkInput(image, views, height, width, null), camerasOnly, progress);
        return postProcessing.cameras(output, views, height, width, config).orElseThrow();
    }

    /** Adds the outputs that the requested outputs are computed from. */
    private NetworkRequest completed(NetworkRequest request, PostProcessing postProcessing) {
        if (postProcessing.posesFromRays() && !has(Output.RAYS)) {
            throw new IllegalArgumentException("cameras cannot be fitted to rays: this model predicts no rays");
        }
        Set<Output> outputs = EnumSet.noneOf(Output.class);
        outputs.addAll(request.outputs());
        outputs.add(Output.DEPTH);
        boolean needsCamera = outputs.contains(Output.GAUSSIANS) || metric.isPresent();
        if (postProcessing.posesFromRays() && (needsCamera || outputs.contains(Output.CAMERA))) {
            outputs.add(Output.RAYS);
            outputs.remove(Output.CAMERA);
        } else if (needsCamera) {
            outputs.add(Output.CAMERA);
        }
        return request.withOutputs(outputs);
    }

    private static NetworkRequest metricRequest(NetworkRequest request) {
        return request.withOutputs(EnumSet.of(Output.DEPTH)).withFeatureLayers(List.of());
    }
}
