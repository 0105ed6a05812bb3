package da3.cli;

import da3.core.EngineOptions;
import da3.core.Engines;
import da3.core.ModelReference;
import da3.core.ModelSource;
import da3.nn.Engine;
import da3.nn.Network;
import da3.nn.autograd.AutogradEngine;
import da3.nn.autograd.DifferentiableEngine;
import da3.train.objective.StudentObjective;
import da3.train.objective.StudentTruth;
import da3.train.objective.StudentWeights;
import da3.train.optimizer.AdamWOptions;
import da3.train.run.TrainingStep;
import java.io.IOException;
import java.util.Random;
import java.util.function.DoubleConsumer;

/** Times whole training steps on random pictures with random truth. */
final class TrainingBench {

    /** The camera encoder takes no part without given cameras. */
    private static final String CAMERA_ENCODER = ".cam_enc.";

    private static final int SEED = 7;

    /** @param loss total of the last step */
    record Result(double[] millis, double firstMillis, double loss, String engine, String precision, int threads) {}

    private TrainingBench() {}

    /**
     * Runs one untimed step and so many timed ones.
     *
     * @param each takes the milliseconds of each timed step
     * @throws IllegalArgumentException if the engine has no backward pass, or the model is not an any-view model
     */
    static Result run(
            String model, EngineOptions options, int views, int height, int width, int repeats, DoubleConsumer each)
            throws IOException {
        try (ModelSource source = ModelSource.open(ModelReference.parse(model), ModelSource.hub());
                Engine engine = Engines.create(options)) {
            if (!(engine instanceof DifferentiableEngine differentiable)) {
                throw new IllegalArgumentException("the engine must have a backward pass, got " + engine.name());
            }
            if (source.config().main().cameraDecoderDim().isEmpty()) {
                throw new IllegalArgumentException("the model must be an any-view model, got " + model);
            }
            AutogradEngine recording =
                    new AutogradEngine(differentiable, name -> !name.contains(CAMERA_ENCODER), false);
            Network network = new Network(
                    recording,
                    source.weights(),
                    source.config().mainPath(),
                    source.config().main());
            TrainingStep step = new TrainingStep(
                    recording,
                    network,
                    new StudentObjective(StudentWeights.defaults(), engine.threads()),
                    AdamWOptions.defaults().withLearningRate(1e-4),
                    1.0);
            Random random = new Random(SEED);
            float[] images = new float[views * 3 * height * width];
            for (int i = 0; i < images.length; i++) {
                images[i] = (float) random.nextGaussian();
            }
            StudentTruth truth = truth(random, views, height, width);
            long start = System.nanoTime();
            step.step(images, truth, 1);
            double first = (System.nanoTime() - start) / 1e6;
            double[] millis = new double[repeats];
            double loss = 0;
            for (int i = 0; i < repeats; i++) {
                long begin = System.nanoTime();
                loss = step.step(images, truth, 1).loss().total();
                millis[i] = (System.nanoTime() - begin) / 1e6;
                each.accept(millis[i]);
            }
            return new Result(millis, first, loss, engine.name(), engine.precision(), engine.threads());
        }
    }

    /** Depths of 1 to 2 with one pixel in ten unknown, and cameras in a row that look ahead. */
    private static StudentTruth truth(Random random, int views, int height, int width) {
        float[] depth = new float[views * height * width];
        boolean[] mask = new boolean[depth.length];
        for (int i = 0; i < depth.length; i++) {
            depth[i] = 1 + random.nextFloat();
            mask[i] = random.nextFloat() > 0.1f;
        }
        float[] extrinsics = new float[views * 12];
        float[] intrinsics = new float[views * 9];
        for (int v = 0; v < views; v++) {
            for (int i = 0; i < 3; i++) {
                extrinsics[v * 12 + 5 * i] = 1;
            }
            extrinsics[v * 12 + 3] = -0.1f * v;
            intrinsics[v * 9] = width;
            intrinsics[v * 9 + 2] = width / 2f;
            intrinsics[v * 9 + 4] = width;
            intrinsics[v * 9 + 5] = height / 2f;
            intrinsics[v * 9 + 8] = 1;
        }
        return new StudentTruth(1, views, height, width, depth, mask, extrinsics, intrinsics);
    }
}
