package da3.train.run;

import da3.core.EngineOptions;
import da3.core.Engines;
import da3.nn.Engine;
import da3.nn.autograd.DifferentiableEngine;
import da3.train.config.EngineSettings;
import da3.train.config.TrainConfig;
import da3.train.mode.TrainingMode;
import da3.train.model.MasterWeights;
import da3.train.optimizer.Optimizer;
import da3.train.optimizer.ParameterSlot;
import da3.train.worker.GradientWorker;
import da3.train.worker.Workers;
import da3.train.yaml.ConfigException;
import java.util.ArrayList;
import java.util.List;

/**
 * The workers of a run with their engines, and the optimizers.
 *
 * @param <P> prediction for a batch
 * @param threads number of threads for loops over parameters while no engine computes; 0 for one per processor
 */
record TrainingResources<P>(Workers<P> workers, Optimizer optimizer, int threads) implements AutoCloseable {

    /**
     * Starts the engines.
     *
     * @throws IllegalStateException if an engine cannot run on this machine
     */
    static <P> TrainingResources<P> start(TrainConfig config, MasterWeights weights, TrainingMode<P> mode) {
        EngineSettings settings = config.engine();
        List<ParameterSlot> slots = weights.trained(config.optimization()::trains);
        List<GradientWorker<P>> workers = new ArrayList<>();
        List<DifferentiableEngine> engines = new ArrayList<>();
        try {
            for (int i = 0; i < settings.workers(); i++) {
                engines.add(engine(settings));
                workers.add(new NetworkWorker<>(engines.get(i), weights, slots, mode, settings.recompute()));
            }
        } catch (RuntimeException e) {
            engines.forEach(Engine::close);
            throw e;
        }
        int threads = settings.workers() * settings.threads();
        Optimizer optimizer = Optimizers.of(config.optimization(), slots, new EngineMatrixProduct(engines), threads);
        return new TrainingResources<>(new Workers<>(workers), optimizer, threads);
    }

    private static DifferentiableEngine engine(EngineSettings settings) {
        EngineOptions options =
                new EngineOptions(settings.name(), settings.threads()).withPrecision(settings.precision());
        Engine engine = Engines.create(options);
        if (engine instanceof DifferentiableEngine differentiable) {
            return differentiable;
        }
        engine.close();
        throw new ConfigException("engine.name must be an engine that computes gradients, got " + engine.name());
    }

    @Override
    public void close() {
        workers.close();
    }
}
