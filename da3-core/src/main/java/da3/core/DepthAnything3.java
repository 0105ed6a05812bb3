package da3.core;

import da3.nn.Engine;
import da3.nn.ModelConfig;
import da3.nn.Preset;
import da3.nn.Progress;
import da3.nn.WeightSource;
import da3.weights.SeededWeights;

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
    private final MemoryBudget memory;

    private DepthAnything3(Engine engine, WeightSource weights, ModelConfig config, EngineOptions options) {
        this.engine = engine;
        this.weights = weights;
        this.pipeline = new Pipeline(engine, weights, config);
        this.memory = new MemoryBudget(config, options.memoryLimitBytes());
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
        return new DepthAnything3(Engines.create(options), new SeededWeights(), config, options);
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
        Provenance provenance = new Provenance(
                weights.description(),
                weights.hash(),
                Preset.of(config()).map(Preset::id),
                engine.name(),
                engine.precision(),
                engine.threads(),
                request.seed(),
                Version.CURRENT);
        return new Predictor(pipeline, memory, provenance).predict(request, progress);
    }

    /** Waits for the running call and releases all memory; a second call does nothing. */
    @Override
    public void close() {
        engine.close();
        weights.close();
    }
}
