package da3.nn;

import da3.geometry.check.Check;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A backbone with its heads: any-view, mono or metric.
 *
 * <p>Source: paper (arXiv 2511.10647), section 3; reference file model/da3.py.
 */
public final class Network {

    private final NetworkConfig config;
    private final Engine engine;
    private final VisionTransformer backbone;
    private final DualDptHead dualHead; // either this or head is null
    private final DptHead head;
    private final CameraEncoder camEnc; // null if absent, as are the next two
    private final CameraDecoder camDec;
    private final GaussianHead gsHead;

    /**
     * Declares the parameters of a network; no values are read yet.
     *
     * @param path prefix of the parameter names, for instance {@code model}
     */
    public Network(Engine engine, WeightSource source, String path, NetworkConfig config) {
        this(engine, source, path, config, Activation.RELU);
    }

    /**
     * Declares the parameters of a network whose masks of sky and objects are not clipped at 0, since a clipped value
     * has no gradient.
     *
     * @param path prefix of the parameter names, for instance {@code model}
     */
    public static Network forTraining(Engine engine, WeightSource source, String path, NetworkConfig config) {
        return new Network(engine, source, path, config, Activation.NONE);
    }

    private Network(Engine engine, WeightSource source, String path, NetworkConfig config, Activation maskActivation) {
        ParameterPath root = ParameterPath.root(engine, source, path);
        this.config = config;
        this.engine = engine;
        this.backbone = new VisionTransformer(root.child("backbone.pretrained"), config.backbone());
        boolean dual = config.head().kind() == DptConfig.Kind.DEPTH_AND_RAYS;
        this.dualHead = dual ? new DualDptHead(root.child("head"), config.head()) : null;
        this.head = dual ? null : new DptHead(root.child("head"), config.head(), maskActivation);
        this.camEnc = config.cameraEncoder()
                .map(c -> new CameraEncoder(root.child("cam_enc"), c))
                .orElse(null);
        this.camDec = config.cameraDecoderDim()
                .map(dim -> new CameraDecoder(root.child("cam_dec"), dim))
                .orElse(null);
        this.gsHead = config.gaussians()
                .map(c -> new GaussianHead(root.child("gs_head"), c.head()))
                .orElse(null);
    }

    public NetworkConfig config() {
        return config;
    }

    /** Returns whether this network has an output. */
    public boolean has(Output output) {
        return switch (output) {
            case DEPTH -> true;
            case CAMERA -> camDec != null;
            case RAYS -> dualHead != null;
            case GAUSSIANS -> gsHead != null;
        };
    }

    /**
     * Runs the network on the engine's thread.
     *
     * @throws IllegalArgumentException if the sides of the images are not multiples of the patch size, the network
     *     lacks a requested output or feature layer, or cameras are given to a network without camera encoder
     * @throws java.util.concurrent.CancellationException if the calling thread is interrupted, which is checked after
     *     each block and each chunk of views; the thread stays interrupted
     */
    public NetworkOutput forward(NetworkInput input, NetworkRequest request, Progress progress) {
        check(input.views(), input.height(), input.width(), input.poseEncodings() != null, request);
        Cancellation cancellation = new Cancellation(progress);
        return engine.run(
                () -> {
                    cancellation.check();
                    try (Scope scope = engine.scope()) {
                        return compute(input, request, cancellation);
                    }
                },
                cancellation::cancel);
    }

    private void check(int views, int height, int width, boolean hasCameras, NetworkRequest request) {
        int patch = config.backbone().patchSize();
        if (views < 1 || height < patch || width < patch || height % patch != 0 || width % patch != 0) {
            throw Check.invalid(
                    "images",
                    "at least one view with sides that are multiples of " + patch,
                    views + " views of " + height + "x" + width);
        }
        for (Output output : request.outputs()) {
            if (!has(output)) {
                throw new IllegalArgumentException("this model does not predict " + output.id());
            }
        }
        request.featureLayers().forEach(config.backbone()::requireFeatureLayer);
        if (hasCameras && camEnc == null) {
            throw new IllegalArgumentException("this model does not accept cameras");
        }
        long maxViews = Integer.MAX_VALUE / maxValuesPerView(height, width, request);
        if (views > maxViews) {
            throw Check.invalid("number of views of " + height + "x" + width, "at most " + maxViews, views);
        }
    }

    /** Returns the values per view of the largest array: tokens of the widest layer, or pixels of the widest map. */
    private long maxValuesPerView(int height, int width, NetworkRequest request) {
        BackboneConfig b = config.backbone();
        long pixels = (long) height * width;
        long tokens = pixels / (b.patchSize() * b.patchSize()) + 1;
        long channels = Math.max(3L * b.embedDim(), b.swiGlu() ? 2L * b.ffnHidden() : b.ffnHidden());
        long maps = request.outputs().contains(Output.GAUSSIANS)
                ? config.gaussians().orElseThrow().head().outputDim()
                : 3;
        return Math.max(tokens * channels, pixels * maps);
    }

    private NetworkOutput compute(NetworkInput input, NetworkRequest request, Progress progress) {
        int views = input.views();
        Tensor image = engine.upload(input.image(), views, 3, input.height(), input.width());
        Tensor givenCameras =
                input.poseEncodings() == null ? null : encode(engine.upload(input.poseEncodings(), views, 9));
        BackboneOutput tokens = tokens(image, givenCameras, request, progress);
        HostMaps maps = new HostMaps(engine, views);
        for (int from = 0; from < views; from += request.viewsPerChunk()) {
            int to = Math.min(views, from + request.viewsPerChunk());
            if (needsMaps(request)) {
                try (Scope scope = engine.scope()) {
                    maps.download(maps(tokens, image, from, to, request), from, to);
                }
            }
            progress.step("heads", to, views);
        }
        float[] poses = null;
        if (request.outputs().contains(Output.CAMERA)) {
            poses = engine.download(cameras(tokens, views));
        }
        return maps.with(
                poses, features(tokens), tokens.referenceView(), request.trace() ? trace(tokens, givenCameras) : null);
    }

    /**
     * Runs the network on an engine without values as {@link #forward} does. All chunks of views need the same memory,
     * so that the maps of the first one suffice.
     *
     * @param hasCameras whether cameras are given
     */
    void dryRun(int views, int height, int width, boolean hasCameras, NetworkRequest request) {
        try (Scope scope = engine.scope()) {
            Supplier<float[]> noValues = () -> new float[0];
            Tensor image = engine.upload(noValues, views, 3, height, width);
            Tensor givenCameras = hasCameras ? encode(engine.upload(noValues, views, 9)) : null;
            BackboneOutput tokens = tokens(image, givenCameras, request, Progress.SILENT);
            if (needsMaps(request)) {
                try (Scope chunk = engine.scope()) {
                    maps(tokens, image, 0, Math.min(views, request.viewsPerChunk()), request);
                }
            }
            if (request.outputs().contains(Output.CAMERA)) {
                cameras(tokens, views);
            }
        }
    }

    /** Returns the tokens of given cameras of one scene: pose encodings (views, 9) -> (views, dim). */
    private Tensor encode(Tensor poseEncodings) {
        return camEnc.forward(poseEncodings, 1);
    }

    private BackboneOutput tokens(Tensor image, Tensor givenCameras, NetworkRequest request, Progress progress) {
        return backbone.forward(
                image, givenCameras, 1, request.referenceView(), request.featureLayers(), Set.of(), progress);
    }

    /** Runs the requested heads on views {@code from} to {@code to}. */
    private NetworkTensors maps(BackboneOutput tokens, Tensor image, int from, int to, NetworkRequest request) {
        List<Tensor> levels = new ArrayList<>();
        for (BackboneOutput.Level level : tokens.levels()) {
            levels.add(views(level.patches(), from, to));
        }
        return maps(levels, views(image, from, to), request.outputs());
    }

    /** Returns some views without copying if they are all. */
    private Tensor views(Tensor x, int from, int to) {
        return to - from == x.size(0) ? x : engine.views(x, from, to);
    }

    /**
     * Runs the network and returns tensors, for training: nothing is downloaded, and on a recording engine every result
     * has a gradient. Must be called on the thread of the engine, inside an open scope.
     *
     * @param image (scenes x views, 3, H, W), normalized; the views of a scene are consecutive, beginning with the
     *     reference view
     * @param poseEncodings (scenes x views, 9) of given cameras, or null
     * @param scenes number of scenes; views of different scenes do not attend to each other
     * @param outputs what to compute
     * @param featureLayers backbone blocks whose tokens are returned as features
     * @param attentionLayers backbone blocks whose queries and keys are returned
     * @throws IllegalArgumentException as {@link #forward} does, or if {@code scenes} is not a divisor of the number of
     *     views
     */
    public NetworkTensors tensors(
            Tensor image,
            Tensor poseEncodings,
            int scenes,
            Set<Output> outputs,
            Set<Integer> featureLayers,
            Set<Integer> attentionLayers) {
        int views = image.size(0);
        check(views, image.size(2), image.size(3), poseEncodings != null, NetworkRequest.of(outputs));
        featureLayers.forEach(config.backbone()::requireFeatureLayer);
        attentionLayers.forEach(config.backbone()::requireFeatureLayer);
        if (scenes < 1 || views % scenes != 0) {
            throw Check.invalid("scenes", "a divisor of the number of views, " + views, scenes);
        }
        Tensor givenCameras = poseEncodings == null ? null : camEnc.forward(poseEncodings, scenes);
        BackboneOutput tokens = backbone.forward(
                image,
                givenCameras,
                scenes,
                ReferenceViewStrategy.FIRST,
                featureLayers,
                attentionLayers,
                Progress.SILENT);
        List<Tensor> levels =
                tokens.levels().stream().map(BackboneOutput.Level::patches).toList();
        NetworkTensors maps = maps(levels, image, outputs).withTokens(tokens);
        return outputs.contains(Output.CAMERA) ? maps.withCamera(cameras(tokens, views)) : maps;
    }

    private static boolean needsMaps(NetworkRequest request) {
        return request.outputs().stream().anyMatch(output -> output != Output.CAMERA);
    }

    /** Returns pose encodings, (views, 9). */
    private Tensor cameras(BackboneOutput tokens, int views) {
        Tensor camera = tokens.levels().get(3).camera();
        return camDec.forward(engine.reshape(camera, views, config.backbone().levelDim()));
    }

    /** Runs the requested heads on some views. */
    private NetworkTensors maps(List<Tensor> levels, Tensor image, Set<Output> outputs) {
        boolean depth = outputs.contains(Output.DEPTH);
        boolean rays = outputs.contains(Output.RAYS);
        int height = image.size(2);
        int width = image.size(3);
        Tensor gaussians = outputs.contains(Output.GAUSSIANS) ? gsHead.forward(levels, image) : null;
        if (dualHead != null && (depth || rays)) {
            DualDptHead.Output out = dualHead.forward(levels, height, width, depth, rays);
            return new NetworkTensors(out.depth(), out.rays(), null, null, null, gaussians, Map.of(), Map.of());
        }
        if (dualHead == null && depth) {
            DptHead.Output out = head.forward(levels, height, width);
            return new NetworkTensors(out.depth(), null, out.sky(), out.objects(), null, gaussians, Map.of(), Map.of());
        }
        return new NetworkTensors(null, null, null, null, null, gaussians, Map.of(), Map.of());
    }

    private Map<Integer, float[]> features(BackboneOutput tokens) {
        Map<Integer, float[]> features = new HashMap<>();
        tokens.features().forEach((layer, tensor) -> features.put(layer, engine.download(tensor)));
        return features;
    }

    private NetworkOutput.Trace trace(BackboneOutput tokens, Tensor givenCameras) {
        return new NetworkOutput.Trace(
                tokens.levels().stream()
                        .map(level -> engine.download(level.patches()))
                        .toList(),
                tokens.levels().stream()
                        .map(level -> engine.download(level.camera()))
                        .toList(),
                givenCameras == null ? null : engine.download(givenCameras));
    }
}
