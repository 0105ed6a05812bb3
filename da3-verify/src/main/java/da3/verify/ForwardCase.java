package da3.verify;

import da3.core.EngineOptions;
import da3.core.Engines;
import da3.core.Pipeline;
import da3.core.Reconstruction;
import da3.geometry.Camera;
import da3.geometry.GaussianCloud;
import da3.geometry.PoseEncoding;
import da3.geometry.ScalarMap;
import da3.geometry.depth.MonoSky;
import da3.nn.Engine;
import da3.nn.ModelConfig;
import da3.nn.NetworkOutput;
import da3.nn.NetworkRequest;
import da3.nn.Output;
import da3.nn.Progress;
import da3.nn.ReferenceViewStrategy;
import da3.nn.WeightSource;
import da3.weights.Checkpoint;
import da3.weights.SeededWeights;
import da3.weights.config.ModelConfigJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Recomputes a forward case: builds the model from the configuration of the case and runs it on the image tensor. */
final class ForwardCase {

    private static final String NAME_SEEDED = "name-seeded";

    private final GoldenCase golden;
    private final GoldenTensor image; // (1, views, 3, H, W)
    private final int views;
    private final int height;
    private final int width;
    private final int patch;
    private final ModelConfig config;

    private ForwardCase(GoldenCase golden) throws IOException {
        this.golden = golden;
        this.image = golden.tensor("in.image");
        this.views = image.size(1);
        this.height = image.size(3);
        this.width = image.size(4);
        this.config = ModelConfigJson.read(golden.model().path("config"));
        this.patch = config.main().backbone().patchSize();
    }

    /** Returns all tensors that a run computes, by name, including those that the case does not expect. */
    static Map<String, GoldenTensor> compute(GoldenCase golden, EngineOptions options) throws IOException {
        try (WeightSource weights = new ForwardCase(golden).weights()) {
            return compute(golden, weights, options);
        }
    }

    /** Returns all tensors that a run with other weights computes. */
    static Map<String, GoldenTensor> compute(GoldenCase golden, WeightSource weights, EngineOptions options)
            throws IOException {
        ForwardCase forward = new ForwardCase(golden);
        try (Engine engine = Engines.create(options)) {
            Pipeline pipeline = new Pipeline(engine, weights, forward.config);
            return forward.named(forward.run(pipeline));
        }
    }

    private WeightSource weights() throws IOException {
        String weights = golden.model().path("weights").asText();
        return weights.equals(NAME_SEEDED)
                ? new SeededWeights()
                : Checkpoint.open(golden.folder().resolve(weights).normalize());
    }

    private Pipeline.Result run(Pipeline pipeline) throws IOException {
        boolean posesFromRays = golden.options().path("use_ray_pose").asBoolean();
        NetworkRequest request = new NetworkRequest(
                outputs(pipeline),
                ReferenceViewStrategy.of(
                        golden.options().path("ref_view_strategy").asText()),
                featureLayers(),
                1,
                true);
        return pipeline.run(
                image.floats(),
                views,
                height,
                width,
                golden.cameras(),
                request,
                ReferenceBehavior.postProcessing(posesFromRays, sampleTable()),
                Progress.SILENT);
    }

    /** Returns all outputs that the case can expect. */
    private Set<Output> outputs(Pipeline pipeline) {
        Set<Output> outputs = EnumSet.of(Output.DEPTH);
        for (Output output : List.of(Output.CAMERA, Output.RAYS)) {
            if (pipeline.has(output)) {
                outputs.add(output);
            }
        }
        if (golden.options().path("infer_gs").asBoolean() && pipeline.has(Output.GAUSSIANS)) {
            outputs.add(Output.GAUSSIANS);
        }
        return outputs;
    }

    private List<Integer> featureLayers() {
        List<Integer> layers = new ArrayList<>();
        golden.options().path("export_feat_layers").forEach(layer -> layers.add(layer.asInt()));
        return layers;
    }

    private Optional<int[][]> sampleTable() throws IOException {
        if (!golden.has("in.ransac_table")) {
            return Optional.empty();
        }
        GoldenTensor table = golden.tensor("in.ransac_table");
        int size = table.size(1);
        int[][] rows = new int[table.size(0)][size];
        for (int i = 0; i < table.length(); i++) {
            rows[i / size][i % size] = Math.toIntExact(table.longs()[i]);
        }
        return Optional.of(rows);
    }

    private Map<String, GoldenTensor> named(Pipeline.Result result) {
        Map<String, GoldenTensor> named = new LinkedHashMap<>();
        NetworkOutput main = result.main();
        Reconstruction r = result.reconstruction();
        named.put("out.depth", maps(r.depths()));
        r.confidences().ifPresent(maps -> named.put("out.depth_conf", maps(maps)));
        r.cameras().ifPresent(cameras -> putCameras(named, "out.", cameras));
        if (result.metric() == null) {
            r.sky().ifPresent(maps -> named.put("out.sky", maps(maps)));
        }
        if (main.rays() != null) {
            int rows = 8 * height / patch;
            int columns = 8 * width / patch;
            named.put("out.ray", GoldenTensor.of(main.rays(), 1, views, rows, columns, 6));
            named.put("out.ray_conf", GoldenTensor.of(main.rayConfidence(), 1, views, rows, columns));
        }
        if (main.poseEncodings() != null) {
            named.put("out.pose_enc", GoldenTensor.of(main.poseEncodings(), 1, views, PoseEncoding.LENGTH));
        }
        if (main.referenceView() >= 0) {
            named.put("out.ref_view_index", GoldenTensor.of(new long[] {main.referenceView()}, 1));
        }
        r.gaussians().ifPresent(cloud -> putGaussians(named, cloud, main));
        main.features().forEach((layer, values) -> putFeatures(named, layer, values, main.referenceView()));
        putTrace(named, "mid.", main);
        named.put("mid.head.depth", image(main.depth()));
        if (main.confidence() != null) {
            named.put("mid.head.depth_conf", image(main.confidence()));
        }
        if (result.metric() != null) {
            putNested(named, result);
        }
        return named;
    }

    private void putNested(Map<String, GoldenTensor> named, Pipeline.Result result) {
        NetworkOutput metric = result.metric();
        double scale = result.reconstruction().scale();
        named.put("out.is_metric", GoldenTensor.of(new float[] {1}));
        named.put("out.scale_factor", GoldenTensor.of(new float[] {(float) scale}));
        named.put("mid.anyview.depth", image(result.main().depth()));
        List<Camera> anyView = result.reconstruction().cameras().orElseThrow().stream()
                .map(c -> new Camera(
                        c.pose().withTranslation(c.pose().translation().times(1 / scale)), c.intrinsics()))
                .toList();
        putCameras(named, "mid.anyview.", anyView);
        putTrace(named, "mid.metric.", metric);
        named.put("mid.metric.head.depth", image(metric.depth()));
        named.put("mid.metric.sky", image(metric.sky()));
        named.put("mid.metric.depth", maps(MonoSky.fill(split(metric.depth()), split(metric.sky()))));
    }

    private void putTrace(Map<String, GoldenTensor> named, String prefix, NetworkOutput output) {
        NetworkOutput.Trace trace = output.trace();
        for (int level = 0; level < trace.patches().size(); level++) {
            float[] patches = trace.patches().get(level);
            int count = (height / patch) * (width / patch);
            int channels = patches.length / views / count;
            String name = prefix + "backbone." + level;
            named.put(name + ".patch", GoldenTensor.of(patches, 1, views, count, channels));
            named.put(name + ".patch_mean", means(patches, count, channels));
            named.put(name + ".camera", GoldenTensor.of(trace.cameras().get(level), 1, views, channels));
        }
        if (trace.givenCameras() != null) {
            named.put(
                    "mid.cam_token",
                    GoldenTensor.of(trace.givenCameras(), 1, views, trace.givenCameras().length / views));
        }
    }

    private void putFeatures(Map<String, GoldenTensor> named, int layer, float[] values, int referenceView) {
        int rows = height / patch;
        int columns = width / patch;
        int channels = values.length / views / rows / columns;
        float[] inReferenceOrder = ReferenceBehavior.features(
                values, layer, config.main().backbone().altStart(), referenceView, views);
        String name = "out.aux.feat_layer_" + layer;
        named.put(name, GoldenTensor.of(inReferenceOrder, 1, views, rows, columns, channels));
        named.put(name + ".mean", means(inReferenceOrder, rows * columns, channels));
    }

    private void putGaussians(Map<String, GoldenTensor> named, GaussianCloud cloud, NetworkOutput main) {
        int n = cloud.size();
        named.put("out.gs.means", GoldenTensor.of(cloud.means(), 1, n, 3));
        named.put("out.gs.scales", GoldenTensor.of(cloud.scales(), 1, n, 3));
        named.put("out.gs.rotations", GoldenTensor.of(cloud.rotations(), 1, n, 4));
        named.put("out.gs.harmonics", GoldenTensor.of(cloud.harmonics(), 1, n, 3, cloud.harmonics().length / n / 3));
        named.put("out.gs.opacities", GoldenTensor.of(cloud.opacities(), 1, n));
        int channels = main.gaussians().length / n;
        named.put("mid.gs_head.raw_gs", GoldenTensor.of(main.gaussians(), 1, views, height, width, channels));
        named.put("mid.gs_head.raw_gs_conf", image(main.densities()));
    }

    private void putCameras(Map<String, GoldenTensor> named, String prefix, List<Camera> cameras) {
        float[] extrinsics = new float[12 * views];
        float[] intrinsics = new float[9 * views];
        for (int v = 0; v < views; v++) {
            copy(cameras.get(v).pose().toMatrix3x4(), extrinsics, 12 * v);
            copy(cameras.get(v).intrinsics().matrix().toArray(), intrinsics, 9 * v);
        }
        named.put(prefix + "extrinsics", GoldenTensor.of(extrinsics, 1, views, 3, 4));
        named.put(prefix + "intrinsics", GoldenTensor.of(intrinsics, 1, views, 3, 3));
    }

    private static void copy(double[] values, float[] into, int offset) {
        for (int i = 0; i < values.length; i++) {
            into[offset + i] = (float) values[i];
        }
    }

    /** Returns means over patches, (1, views, channels). */
    private GoldenTensor means(float[] values, int patches, int channels) {
        float[] means = new float[views * channels];
        for (int v = 0; v < views; v++) {
            for (int c = 0; c < channels; c++) {
                double sum = 0;
                for (int p = 0; p < patches; p++) {
                    sum += values[(v * patches + p) * channels + c];
                }
                means[v * channels + c] = (float) (sum / patches);
            }
        }
        return GoldenTensor.of(means, 1, views, channels);
    }

    private GoldenTensor image(float[] values) {
        return GoldenTensor.of(values, 1, views, height, width);
    }

    private List<ScalarMap> split(float[] values) {
        List<ScalarMap> maps = new ArrayList<>();
        int pixels = height * width;
        for (int v = 0; v < views; v++) {
            maps.add(new ScalarMap(width, height, Arrays.copyOfRange(values, v * pixels, (v + 1) * pixels)));
        }
        return maps;
    }

    private GoldenTensor maps(List<ScalarMap> maps) {
        float[] values = new float[views * height * width];
        for (int v = 0; v < views; v++) {
            System.arraycopy(maps.get(v).values(), 0, values, v * height * width, height * width);
        }
        return image(values);
    }
}
