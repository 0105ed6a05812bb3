package da3.core;

import da3.nn.Engine;
import da3.nn.ModelConfig;
import da3.nn.Preset;
import da3.nn.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A loaded model.
 *
 * <p>It is immutable and may be shared by threads: calls are queued on the engine's own thread, while images are prepared
 * on the calling threads.
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

    private static final System.Logger LOG = System.getLogger(DepthAnything3.class.getName());

    private final Engine engine;
    private final ModelSource source;
    private final Pipeline pipeline;
    private final MemoryBudget memory;
    private CompletableFuture<Optional<String>> weightsHash; // null until requested

    private DepthAnything3(Engine engine, ModelSource source, EngineOptions options) {
        this.engine = engine;
        this.source = source;
        this.pipeline = new Pipeline(engine, source.weights(), source.config());
        this.memory = new MemoryBudget(source.config(), Engines.memory(engine), options.memoryLimitBytes());
    }

    /** Loads a model with the fastest available engine, as {@link #load(String, EngineOptions)}. */
    public static DepthAnything3 load(String model) {
        return load(model, EngineOptions.defaults());
    }

    /** Loads a checkpoint with the fastest available engine, as {@link #load(String, EngineOptions)}. */
    public static DepthAnything3 load(Path model) {
        return load(model.toString());
    }

    /**
     * Loads a model without downloading anything (see {@link ModelSource#download}). A license that forbids commercial use
     * is logged.
     *
     * @param model a hub id whose files are in the cache ({@code depth-anything/DA3-BASE}), a folder or safetensors file,
     *     or {@code seeded:} followed by the name of a preset
     * @throws IllegalArgumentException if the reference is none of these
     * @throws UncheckedIOException if a file is missing, unreadable or malformed; the message says how to get missing files
     * @throws da3.nn.WeightsException if the files do not contain a complete model
     * @throws IllegalStateException if no engine runs on this machine
     */
    public static DepthAnything3 load(String model, EngineOptions options) {
        return loadWithNotice(open(model), options);
    }

    /**
     * Loads an any-view and a metric model, which together predict meters as the nested model does. Models are given and
     * errors thrown as in {@link #load(String, EngineOptions)}.
     *
     * @param model any-view model, for instance {@code depth-anything/DA3-BASE}
     * @param metricModel model of metric depth, for instance {@code depth-anything/DA3METRIC-LARGE}
     * @throws IllegalArgumentException if the first is not an any-view model or the second is not a metric one
     */
    public static DepthAnything3 loadWithMetric(String model, String metricModel, EngineOptions options) {
        ModelSource anyView = open(model);
        ModelSource metric;
        try {
            metric = open(metricModel);
        } catch (RuntimeException | Error e) {
            anyView.close();
            throw e;
        }
        return loadWithNotice(ModelSource.nested(anyView, metric), options);
    }

    private static ModelSource open(String model) {
        try {
            return ModelSource.open(ModelReference.parse(model), ModelSource.hub());
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private static DepthAnything3 loadWithNotice(ModelSource source, EngineOptions options) {
        source.licenseNotice().ifPresent(notice -> LOG.log(System.Logger.Level.WARNING, notice));
        return load(source, options);
    }

    /**
     * Loads an opened model, which is closed together with the result. Showing {@link ModelSource#licenseNotice} is left to
     * the caller.
     *
     * @throws IllegalStateException if no engine runs on this machine
     */
    public static DepthAnything3 load(ModelSource source, EngineOptions options) {
        Engine engine = null;
        boolean complete = false;
        try {
            engine = Engines.create(options);
            DepthAnything3 model = new DepthAnything3(engine, source, options);
            complete = true;
            return model;
        } finally {
            if (!complete) {
                if (engine != null) {
                    engine.close();
                }
                source.close();
            }
        }
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
     * Computes the prediction of a request.
     *
     * <p>Interrupting the calling thread cancels the call at the next block. The thread keeps its interrupt status, all
     * memory is released and the model stays usable.
     *
     * @throws IllegalArgumentException if the model does not support a requested output or prior, or the request needs more
     *     memory than there is
     * @throws da3.geometry.DegenerateGeometryException if given cameras, depth samples or predicted rays do not determine
     *     the requested geometry
     * @throws java.util.concurrent.CancellationException if the calling thread is interrupted
     * @throws IllegalStateException after {@link #close()}
     */
    public Prediction predict(Request request, Progress progress) {
        return predictor(request.options()).predict(request, progress);
    }

    /**
     * Returns whether a request fits into the memory that is available now. Nothing is decoded or computed.
     *
     * @param images sizes of the upright images in pixels, at least one
     * @param priors priors, one per image or none at all
     * @param running check of the running request, which releases its memory before this one begins
     * @throws IllegalArgumentException if the model does not support the request, the priors do not match the images, or an
     *     image cannot be resized to the resolution
     */
    public MemoryCheck fit(
            List<InputProcessing.Size> images,
            List<ViewPrior> priors,
            InferenceOptions options,
            Optional<MemoryCheck> running) {
        ViewPriors.require(priors, images);
        predictor(options.toBuilder().weightsHash(false).build()).requireServed(images, priors, options);
        return memory.fit(images, options, ViewPriors.poses(priors).size(), running);
    }

    private Predictor predictor(InferenceOptions options) {
        CompletableFuture<Optional<String>> hash =
                options.weightsHash() ? weightsHash() : CompletableFuture.completedFuture(Optional.empty());
        return new Predictor(pipeline, memory, () -> provenance(options, hash));
    }

    /** Returns the digest of the weights, computed once and in parallel to the first prediction that needs it. */
    private synchronized CompletableFuture<Optional<String>> weightsHash() {
        if (weightsHash == null) {
            weightsHash =
                    CompletableFuture.supplyAsync(source.weights()::hash).exceptionally(unreadable -> Optional.empty());
        }
        return weightsHash;
    }

    private Provenance provenance(InferenceOptions options, CompletableFuture<Optional<String>> hash) {
        return new Provenance(
                source.weights().description(),
                hash.join(),
                source.preset().map(Preset::id),
                options.resolutionFor(config()),
                engine.name(),
                engine.precision(),
                engine.threads(),
                options.seed(),
                Version.CURRENT);
    }

    /** Waits for the running call and releases all memory. Further calls have no effect. */
    @Override
    public void close() {
        engine.close();
        source.close();
    }
}
