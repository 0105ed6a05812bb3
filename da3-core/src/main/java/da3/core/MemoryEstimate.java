package da3.core;

import da3.geometry.math.SphericalHarmonics;
import da3.nn.BackboneConfig;
import da3.nn.ModelConfig;
import da3.nn.NetworkMemory;
import da3.nn.NetworkRequest;
import da3.nn.Output;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The peak memory of a request in bytes, excluding the JVM itself.
 *
 * @param libraries memory that the native libraries of the engine keep; measured
 * @param weights weights of the networks that run; held until the model is closed
 * @param activations activations of the network that needs more, see {@link NetworkMemory}
 * @param results input and results for V views of H x W processed pixels: the network input, 3 V H W values, and the bytes
 *     of the processed images; angles of rotary positions, twice the channels of a head per token; two copies of every map,
 *     and four more maps for the alignment of a nested model; two copies of the rays; raw Gaussians and two copies of the
 *     cloud; features; and maps at the size of the given images
 */
public record MemoryEstimate(long libraries, long weights, long activations, long results) {

    private static final int RAYS_PER_PATCH = 64;
    private static final int RAY_CHANNELS = 7;

    /** Values of mean, scales, rotation and opacity. */
    private static final int GAUSSIAN_WITHOUT_COLOR = 3 + 3 + 4 + 1;

    /** Returns the estimate for a request on the engine of default options. */
    public static MemoryEstimate of(ModelConfig config, Request request) {
        return of(config, request, EngineOptions.defaults());
    }

    /**
     * Returns the estimate for a request.
     *
     * @param engine engine of the model; {@value EngineOptions#AUTO} is the first on the class path, the fastest
     */
    public static MemoryEstimate of(ModelConfig config, Request request, EngineOptions engine) {
        return of(config, request.sizes(), request.options(), request.poses().size(), engine);
    }

    /** As {@link #of(ModelConfig, List, InferenceOptions, int, EngineOptions)}, for default options. */
    public static MemoryEstimate of(
            ModelConfig config, List<InputProcessing.Size> images, InferenceOptions options, int knownPoses) {
        return of(config, images, options, knownPoses, EngineOptions.defaults());
    }

    /**
     * Returns the estimate for images of known size.
     *
     * @param images sizes of the images in pixels, before they are resized; at least one
     * @param knownPoses number of views whose pose is given
     * @param engine engine of the model
     * @throws IllegalArgumentException if an image cannot be resized to the resolution
     */
    public static MemoryEstimate of(
            ModelConfig config,
            List<InputProcessing.Size> images,
            InferenceOptions options,
            int knownPoses,
            EngineOptions engine) {
        return ofFirst(images.size(), config, images, options, knownPoses, new NetworkMemories(Engines.memory(engine)));
    }

    /**
     * Returns the estimate for the first images only, each at the size it has among all. Independent images are computed one
     * after the other: the largest activations count, and the results of all.
     *
     * @param views number of images to count, at least one
     * @param networks memory of networks on the engine
     */
    static MemoryEstimate ofFirst(
            int views,
            ModelConfig config,
            List<InputProcessing.Size> images,
            InferenceOptions options,
            int knownPoses,
            NetworkMemories networks) {
        int resolution = options.resolutionFor(config);
        if (!options.independent()) {
            InputProcessing.Size size = InputProcessing.processedSize(images, resolution, options.resizeMethod());
            return together(config, images.subList(0, views), options, knownPoses, networks, size);
        }
        List<InputProcessing.Size> sizes = InputProcessing.processedSizes(images, resolution, options.resizeMethod());
        return IntStream.range(0, views)
                .mapToObj(v -> together(config, images.subList(v, v + 1), options, knownPoses, networks, sizes.get(v)))
                .reduce((a, b) -> new MemoryEstimate(
                        a.libraries,
                        Math.max(a.weights, b.weights),
                        Math.max(a.activations, b.activations),
                        a.results + b.results))
                .orElseThrow();
    }

    /** @param size size of the processed images */
    private static MemoryEstimate together(
            ModelConfig config,
            List<InputProcessing.Size> images,
            InferenceOptions options,
            int knownPoses,
            NetworkMemories networks,
            InputProcessing.Size size) {
        int views = images.size();
        NetworkRequest request = networkRequest(config, options);
        NetworkMemory main = networks.of(config.main(), request, views, size, knownPoses > 0);
        NetworkRequest depth = NetworkRequest.of(EnumSet.of(Output.DEPTH));
        NetworkMemory metric = config.metric()
                .map(network -> networks.of(network, depth, views, size, false))
                .orElse(new NetworkMemory(0, 0));
        return new MemoryEstimate(
                networks.libraries(),
                main.weights() + metric.weights(),
                Math.max(main.activations(), metric.activations()),
                results(config, images, options, (long) size.height() * size.width()));
    }

    /** Returns the sum of all parts. */
    public long total() {
        return held() + activations + results;
    }

    /** Returns the bytes that are allocated once and stay allocated after the request. */
    long held() {
        return libraries + weights;
    }

    private static NetworkRequest networkRequest(ModelConfig config, InferenceOptions options) {
        Set<Output> outputs = EnumSet.of(Output.DEPTH);
        outputs.addAll(options.outputs());
        if (options.posesFromRays()) {
            outputs.add(Output.RAYS);
        } else if (config.main().cameraDecoderDim().isPresent()) {
            outputs.add(Output.CAMERA);
        }
        return NetworkRequest.of(outputs).withFeatureLayers(options.featureLayers());
    }

    private static long results(
            ModelConfig config, List<InputProcessing.Size> images, InferenceOptions options, long pixels) {
        int views = images.size();
        BackboneConfig vit = config.main().backbone();
        long patches = pixels / vit.patchSize() / vit.patchSize();
        long maps = 2 * 2 + (config.metric().isPresent() ? 2 * 2 + 4 : 0);
        long floats = views * pixels * (3 + maps);
        if (vit.altStart() >= 0) {
            floats += 2 * views * (patches + 1) * vit.headDim();
        }
        if (options.outputs().contains(Output.RAYS) || options.posesFromRays()) {
            floats += 2 * views * patches * RAYS_PER_PATCH * RAY_CHANNELS;
        }
        if (options.outputs().contains(Output.GAUSSIANS)
                && config.main().gaussians().isPresent()) {
            int degree = config.main().gaussians().get().adapter().shDegree();
            long cloud = GAUSSIAN_WITHOUT_COLOR + 3L * SphericalHarmonics.coefficients(degree);
            floats += views * pixels * (config.main().gaussians().get().head().outputDim() + 2 * cloud);
        }
        floats += views * patches * vit.embedDim() * options.featureLayers().size();
        if (options.nativeSize()) {
            floats += images.stream()
                    .mapToLong(image -> 3L * image.width() * image.height())
                    .sum();
        }
        return Float.BYTES * floats + 3 * views * pixels;
    }
}
