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

/** A model's networks and what follows them: from a normalized image tensor to geometry. */
public final class Pipeline {

    private final Engine engine;
    private final ModelConfig config;
    private final Network main;
    private final Optional<Network> metric;

    /** What the networks said, and what it means. {@code metric} is null without a metric network. */
    public record Result(NetworkOutput main, NetworkOutput metric, Reconstruction reconstruction) {}

    /** {@code metric} is null without a metric network. */
    private record Outputs(NetworkOutput main, NetworkOutput metric) {}

    /** Declares the weights; nothing is read yet. */
    public Pipeline(Engine engine, WeightSource weights, ModelConfig config) {
        this.engine = engine;
        this.config = config;
        this.main = new Network(engine, weights, config.mainPath(), config.main());
        this.metric = config.metric().map(c -> new Network(engine, weights, config.metricPath(), c));
    }

    public ModelConfig config() {
        return config;
    }

    /** Whether the model can put out what is asked for. */
    public boolean has(Output output) {
        return main.has(output);
    }

    /**
     * @param image (views, 3, height, width), normalized
     * @param cameras given ones that condition the network, in the frame and the unit that it is used to (see
     *     {@link da3.geometry.align.PoseNormalization})
     * @throws IllegalArgumentException if the model cannot do what is asked for
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
        NetworkRequest wanted = completed(request, postProcessing);
        Cancellation cancellation = new Cancellation(progress);
        // one piece of work: an engine that is closed meanwhile waits for both networks
        Outputs outputs = engine.run(
                () -> new Outputs(
                        main.forward(input, wanted, cancellation),
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
     * The cameras alone, as the network sees them without being told any; only the backbone and what cameras are read
     * from is computed.
     *
     * @param image (views, 3, height, width), normalized
     * @throws IllegalArgumentException if the model has no cameras
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

    /** Adds what the request's outputs are made from. */
    private NetworkRequest completed(NetworkRequest request, PostProcessing postProcessing) {
        if (postProcessing.posesFromRays() && !has(Output.RAYS)) {
            throw new IllegalArgumentException("this model has no rays to fit cameras to");
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
