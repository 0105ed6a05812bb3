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
 * What a request takes at its peak, beyond what the JVM takes for itself, in bytes.
 *
 * @param libraries what ND4J and its libraries hold once they have computed, packing buffers above all; measured
 * @param weights of the networks that run; held until the model is closed
 * @param activations of the network that takes more, see {@link NetworkMemory}
 * @param results with V views of H x W processed pixels: the network's input 3 V H W and the processed images' bytes;
 *     angles of rotary positions, twice a head's channels for every token; every map twice, as the network's and as the
 *     view's, and four more for a nested model's alignment; rays twice; raw Gaussians, and the cloud twice; features; and
 *     maps at the photos' own size
 */
public record MemoryEstimate(long libraries, long weights, long activations, long results) {

    private static final long LIBRARIES = 90_000_000;
    private static final int RAYS_PER_PATCH = 64;
    private static final int RAY_CHANNELS = 7;

    /** Mean, scales, rotation and opacity. */
    private static final int GAUSSIAN_WITHOUT_COLOR = 3 + 3 + 4 + 1;

    /** Of a request as it is; its photos are brought to size in thought only. */
    public static MemoryEstimate of(ModelConfig config, Request request) {
        return ofFirst(config, request, request.images().size());
    }

    /**
     * Of the first so many photos of a request. Independent ones are computed one by one, so that of activations the largest
     * count, and of results all.
     */
    static MemoryEstimate ofFirst(ModelConfig config, Request request, int views) {
        if (!request.independent()) {
            InputProcessing.Size size =
                    InputProcessing.size(request.images(), request.resolutionFor(config), request.resizeMethod());
            return of(config, request, views, size.height(), size.width());
        }
        List<InputProcessing.Size> sizes =
                InputProcessing.sizes(request.images(), request.resolutionFor(config), request.resizeMethod());
        return IntStream.range(0, views)
                .mapToObj(v -> of(
                        config,
                        request.ofView(v),
                        1,
                        sizes.get(v).height(),
                        sizes.get(v).width()))
                .reduce((a, b) -> new MemoryEstimate(
                        a.libraries,
                        Math.max(a.weights, b.weights),
                        Math.max(a.activations, b.activations),
                        a.results + b.results))
                .orElseThrow();
    }

    /**
     * @param request what is asked for; its photos count only at their own size, by their mean
     * @param views of this size; independent ones are computed one by one
     * @param height of the processed image
     */
    public static MemoryEstimate of(ModelConfig config, Request request, int views, int height, int width) {
        int together = request.independent() ? 1 : views;
        boolean posed = !request.poses().isEmpty();
        NetworkMemory main =
                NetworkMemory.of(config.main(), networkRequest(config, request), together, height, width, posed);
        NetworkRequest depth = NetworkRequest.of(EnumSet.of(Output.DEPTH));
        NetworkMemory metric = config.metric()
                .map(network -> NetworkMemory.of(network, depth, together, height, width, false))
                .orElse(new NetworkMemory(0, 0));
        return new MemoryEstimate(
                LIBRARIES,
                main.weights() + metric.weights(),
                Math.max(main.activations(), metric.activations()),
                results(config, request, views, (long) height * width));
    }

    public long total() {
        return held() + activations + results;
    }

    /** What is still held after the request, and taken only once. */
    long held() {
        return libraries + weights;
    }

    private static NetworkRequest networkRequest(ModelConfig config, Request request) {
        Set<Output> outputs = EnumSet.of(Output.DEPTH);
        outputs.addAll(request.outputs());
        if (request.posesFromRays()) {
            outputs.add(Output.RAYS);
        } else if (config.main().cameraDecoderDim().isPresent()) {
            outputs.add(Output.CAMERA);
        }
        return NetworkRequest.of(outputs).withFeatureLayers(request.featureLayers());
    }

    private static long results(ModelConfig config, Request request, int views, long pixels) {
        BackboneConfig vit = config.main().backbone();
        long patches = pixels / vit.patchSize() / vit.patchSize();
        long maps = 2 * 2 + (config.metric().isPresent() ? 2 * 2 + 4 : 0);
        long floats = views * pixels * (3 + maps);
        if (vit.altStart() >= 0) {
            floats += 2 * views * (patches + 1) * vit.headDim();
        }
        if (request.outputs().contains(Output.RAYS) || request.posesFromRays()) {
            floats += 2 * views * patches * RAYS_PER_PATCH * RAY_CHANNELS;
        }
        if (request.outputs().contains(Output.GAUSSIANS)
                && config.main().gaussians().isPresent()) {
            int degree = config.main().gaussians().get().adapter().shDegree();
            long cloud = GAUSSIAN_WITHOUT_COLOR + 3L * SphericalHarmonics.coefficients(degree);
            floats += views * pixels * (config.main().gaussians().get().head().outputDim() + 2 * cloud);
        }
        floats += views * patches * vit.embedDim() * request.featureLayers().size();
        if (request.nativeSize()) {
            long photos = request.images().stream()
                    .mapToLong(photo -> 3L * photo.width() * photo.height())
                    .sum();
            floats += photos * views / request.images().size();
        }
        return Float.BYTES * floats + 3 * views * pixels;
    }
}
