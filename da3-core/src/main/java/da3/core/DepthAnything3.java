package da3.core;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.PoseAlignment;
import da3.geometry.PoseNormalisation;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.nn.Engine;
import da3.nn.ModelConfig;
import da3.nn.NetworkRequest;
import da3.nn.Output;
import da3.nn.Preset;
import da3.nn.Progress;
import da3.nn.WeightSource;
import da3.weights.SeededWeights;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A model, ready to predict.
 *
 * <p>It is immutable and may be shared by threads: calls queue in order on the engine's own thread, and images are
 * prepared outside it.
 *
 * <pre>{@code
 * try (var model = DepthAnything3.load("seeded:da3-base")) {
 *     Prediction prediction = model.predict(Request.of(images));
 *     ScalarMap depth = prediction.scene().view(0).depth();
 * }
 * }</pre>
 *
 * <p>Source: paper (arXiv 2511.10647); reference file api.py.
 */
public final class DepthAnything3 implements AutoCloseable {

    /** Before a preset's name: weights that follow from their names, for trying things without a checkpoint. */
    public static final String SEEDED = "seeded:";

    private final Engine engine;
    private final WeightSource weights;
    private final Pipeline pipeline;

    private DepthAnything3(Engine engine, WeightSource weights, ModelConfig config) {
        this.engine = engine;
        this.weights = weights;
        this.pipeline = new Pipeline(engine, weights, config);
    }

    /** {@link #load(String, EngineOptions)} with the best engine there is. */
    public static DepthAnything3 load(String model) {
        return load(model, EngineOptions.defaults());
    }

    /**
     * @param model {@code seeded:} and a preset's name
     * @throws IllegalArgumentException for anything else
     * @throws IllegalStateException if no engine runs on this machine
     */
    public static DepthAnything3 load(String model, EngineOptions options) {
        if (!model.startsWith(SEEDED)) {
            throw new IllegalArgumentException(
                    "model is '" + model + "'; legal: " + SEEDED + " and a preset, for instance seeded:da3-base");
        }
        ModelConfig config = Preset.of(model.substring(SEEDED.length())).config();
        return new DepthAnything3(Engines.create(options), new SeededWeights(), config);
    }

    public Engine engine() {
        return engine;
    }

    public ModelConfig config() {
        return pipeline.config();
    }

    public Prediction predict(Request request) {
        return predict(request, Progress.SILENT);
    }

    /**
     * Predicts.
     *
     * @throws IllegalArgumentException if the model has not what is asked for; the message names it
     * @throws da3.geometry.DegenerateGeometryException if given cameras or predicted rays determine no alignment
     * @throws IllegalStateException after {@link #close()}
     */
    public Prediction predict(Request request, Progress progress) {
        for (Output output : request.outputs()) {
            if (!pipeline.has(output)) {
                throw new IllegalArgumentException("this model has no " + output.id());
            }
        }
        ProcessedInput input = InputProcessing.process(
                request.images(), request.intrinsics().orElse(List.of()), request.resolution(), request.resizeMethod());
        Optional<List<Camera>> given =
                request.poses().map(poses -> cameras(PoseNormalisation.normalise(poses), input.intrinsics()));
        Pipeline.Result result = pipeline.run(
                InputProcessing.normalise(input.images()),
                input.images().size(),
                input.images().get(0).height(),
                input.images().get(0).width(),
                given,
                networkRequest(request),
                PostProcessing.defaults(request.posesFromRays(), request.seed()),
                progress);
        return prediction(request, input, result);
    }

    private NetworkRequest networkRequest(Request request) {
        Set<Output> outputs = EnumSet.of(Output.DEPTH);
        outputs.addAll(request.outputs());
        boolean wantsCameras = request.outputs().isEmpty() || request.poses().isPresent();
        if (wantsCameras && pipeline.has(Output.CAMERA)) {
            outputs.add(Output.CAMERA);
        }
        return new NetworkRequest(outputs, request.referenceView(), request.featureLayers(), 1, false);
    }

    private Prediction prediction(Request request, ProcessedInput input, Pipeline.Result result) {
        Reconstruction r = result.reconstruction();
        List<ScalarMap> depths = r.depths();
        Optional<List<Camera>> cameras = r.cameras();
        if (request.poses().isPresent()) {
            List<Pose> given = request.poses().get();
            PoseAlignment alignment = PoseAlignment.of(
                    cameras.orElseThrow().stream().map(Camera::pose).toList(), given, request.seed());
            if (request.alignDepth()) {
                depths = depths.stream().map(alignment::depthInGivenScale).toList();
                cameras = Optional.of(cameras(given, input.intrinsics()));
            } else {
                cameras = Optional.of(
                        cameras(given.stream().map(alignment::inPredictedFrame).toList(), input.intrinsics()));
            }
        } else if (request.intrinsics().isPresent()) {
            cameras = cameras.map(
                    predicted -> cameras(predicted.stream().map(Camera::pose).toList(), input.intrinsics()));
        }
        List<View> views = new ArrayList<>();
        for (int v = 0; v < depths.size(); v++) {
            int view = v;
            views.add(new View(
                    input.images().get(v),
                    depths.get(v),
                    r.confidences().map(all -> all.get(view)),
                    cameras.map(all -> all.get(view)),
                    r.sky().map(all -> all.get(view))));
        }
        return new Prediction(
                new Scene(views, r.gaussians(), r.metric()),
                r.rays(),
                r.sky(),
                result.main().features(),
                result.main().referenceView(),
                r.scale(),
                new Provenance(
                        weights.description(), engine.name(), engine.precision(), engine.threads(), request.seed()));
    }

    private static List<Camera> cameras(List<Pose> poses, List<Intrinsics> intrinsics) {
        List<Camera> cameras = new ArrayList<>();
        for (int i = 0; i < poses.size(); i++) {
            cameras.add(new Camera(poses.get(i), intrinsics.get(i)));
        }
        return cameras;
    }

    /** Waits for the running call and releases all memory; a second call does nothing. */
    @Override
    public void close() {
        engine.close();
        weights.close();
    }
}
