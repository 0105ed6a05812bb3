package da3.cli;

import da3.core.EngineOptions;
import da3.core.Engines;
import da3.core.ModelReference;
import da3.core.ModelSource;
import da3.nn.Engine;
import da3.train.mode.student.RandomScenes;
import da3.train.mode.student.TrainingStep;
import da3.train.optimizer.AdamWOptions;
import java.io.IOException;
import java.util.function.DoubleConsumer;

/** Measures the time of training steps on random images with random truth. */
final class TrainingBench {

    private static final int SEED = 7;

    /** Minimum number of untimed steps, during which the JIT compiler optimizes the code. */
    private static final int MIN_WARM_UP = 10;

    /**
     * The measured times.
     *
     * @param millis milliseconds of the timed steps
     * @param firstMillis milliseconds of the first, untimed step
     * @param loss total loss of the last step
     */
    record Result(double[] millis, double firstMillis, double loss, String engine, String precision, int threads) {}

    private TrainingBench() {}

    /**
     * Runs untimed and then timed steps.
     *
     * @param warmUp minimum seconds of the untimed steps
     * @param repeats number of timed steps
     * @param each receives the milliseconds of each timed step
     * @throws IllegalArgumentException if the engine has no backward pass, or the model is not an any-view model
     */
    static Result run(
            String model,
            EngineOptions options,
            int views,
            int height,
            int width,
            double warmUp,
            int repeats,
            DoubleConsumer each)
            throws IOException {
        try (ModelSource source = ModelSource.open(ModelReference.parse(model), ModelSource.hub());
                Engine engine = Engines.create(options)) {
            TrainingStep step = TrainingStep.ofAnyView(
                    engine,
                    source.weights(),
                    source.config(),
                    AdamWOptions.defaults().withLearningRate(1e-4));
            RandomScenes scenes = RandomScenes.of(SEED, 1, views, height, width);
            long start = System.nanoTime();
            step.step(scenes.images(), scenes.truth(), 1);
            double first = (System.nanoTime() - start) / 1e6;
            for (int i = 1; i < MIN_WARM_UP || System.nanoTime() - start < 1e9 * warmUp; i++) {
                step.step(scenes.images(), scenes.truth(), 1);
            }
            double[] millis = new double[repeats];
            double loss = 0;
            for (int i = 0; i < repeats; i++) {
                long begin = System.nanoTime();
                loss = step.step(scenes.images(), scenes.truth(), 1).loss().total();
                millis[i] = (System.nanoTime() - begin) / 1e6;
                each.accept(millis[i]);
            }
            return new Result(millis, first, loss, engine.name(), engine.precision(), engine.threads());
        }
    }
}
