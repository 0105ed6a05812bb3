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

    private static final System.Logger LOG = System.getLogger(DepthAnything3.class.getName());

    private final Engine engine;
    private final ModelSource source;
    private final Pipeline pipeline;
    private final MemoryBudget memory;
    private CompletableFuture<Optional<String>> weightsHash; // null until asked for

    private DepthAnything3(Engine engine, ModelSource source, EngineOptions options) {
        this.engine = engine;
        this.source = source;
        this.pipeline = new Pipeline(engine, source.weights(), source.config());
        this.memory = new MemoryBudget(source.config(), options.memoryLimitBytes());
    }

    /** {@link #load(String, EngineOptions)} with the best engine there is. */
    public static DepthAnything3 load(String model) {
        return load(model, EngineOptions.defaults());
    }

    /** {@link #load(String, EngineOptions)} with the best engine there is. */
    public static DepthAnything3 load(Path model) {
        return load(model.toString());
    }

    /**
     * Loads a model; nothing is downloaded (see {@link ModelSource#download}). That a published model's license forbids
     * commercial use is logged.
     *
     * @param model an id of the hub whose files are in the cache ({@code depth-anything/DA3-BASE}), a folder or a
     *     safetensors file, or {@code seeded:} and a preset's name
     * @throws IllegalArgumentException for anything else
     * @throws UncheckedIOException if a file is missing, cannot be read or is not well-formed; the message says how to
     *     get what is missing
     * @throws da3.nn.WeightsException if the files are no complete model
     * @throws IllegalStateException if no engine runs on this machine
     */
    public static DepthAnything3 load(String model, EngineOptions options) {
        try {
            ModelSource source = ModelSource.open(ModelReference.parse(model), ModelSource.hub());
            source.licenseNotice().ifPresent(notice -> LOG.log(System.Logger.Level.WARNING, notice));
            return load(source, options);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /**
     * Loads what was opened, and closes it when closed itself. What {@link ModelSource#licenseNotice} says is for the caller
     * to pass on.
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
     * Predicts.
     *
     * <p>An interrupt of the calling thread cancels the call at the next block; the thread keeps its interrupt, all
     * memory is released and the model stays usable.
     *
     * @throws IllegalArgumentException if the model has not what is asked for, or the request is too large for the memory;
     *     the message names it
     * @throws da3.geometry.DegenerateGeometryException if given cameras, depth samples or predicted rays do not determine
     *     what follows from them
     * @throws java.util.concurrent.CancellationException if the calling thread is interrupted
     * @throws IllegalStateException after {@link #close()}
     */
    public Prediction predict(Request request, Progress progress) {
        return predictor(request.options()).predict(request, progress);
    }

    /**
     * Checks whether images of these sizes fit into the memory that is available now; nothing is decoded or computed.
     *
     * @param images sizes in pixels, upright, at least one
     * @param priors what is known of each view, one per image or none at all
     * @param running the check of the request that runs now and releases its memory before this one begins
     * @throws IllegalArgumentException if the model cannot serve the request, the priors do not fit the images, or an image
     *     cannot be resized to the resolution
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

    /** Taken once, beside the first prediction that wants it. */
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

    /** Waits for the running call and releases all memory; a second call does nothing. */
    @Override
    public void close() {
        engine.close();
        source.close();
    }
}
