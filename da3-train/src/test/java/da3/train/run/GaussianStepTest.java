package da3.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.GaussianCloud;
import da3.geometry.splat.SplatOptions;
import da3.train.config.TrainConfig;
import da3.train.data.Batch;
import da3.train.data.ShardScenes;
import da3.train.data.TrainingScene;
import da3.train.mode.gaussian.GaussianMode;
import da3.train.mode.gaussian.PlacedGaussians;
import da3.train.model.MasterWeights;
import da3.train.objective.GaussianObjective;
import da3.train.objective.GaussianWeights;
import da3.train.optimizer.ParameterSlot;
import da3.train.worker.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole steps of a Gaussian head: network, placement, rendering, objective, and back. */
class GaussianStepTest {

    private static final double STEP = 2e-3;

    /** The harmonic of degree 0. */
    private static final double HARMONIC = 0.5 * Math.sqrt(1 / Math.PI);

    @TempDir
    static Path shared;

    @BeforeAll
    static void write() throws IOException {
        GaussianRun.write(shared);
    }

    private static Batch batch() throws IOException {
        try (ShardScenes scenes = ShardScenes.open(List.of(shared.resolve("shards")))) {
            return new Batch(List.of(scenes.read(0).subset(new int[] {0, 1, 2})), false);
        }
    }

    /**
     * On true depth: an untrained network predicts nearly equal depths, so that small steps change the order of
     * Gaussians, which gradients hold fixed.
     */
    @Test
    void gradientsOfEachTensorAgreeWithDifferences() throws IOException {
        TrainConfig config = GaussianRun.config(
                shared, "objective.geometry=known_depth", "objective.ssim=0.2", "objective.depth=0.1");
        MasterWeights weights = MasterWeights.of(config.model(), config.seed());
        List<ParameterSlot> slots = weights.trained(config.optimization()::trains);
        List<Batch> batches = List.of(batch());
        try (TrainingResources<?> machine =
                TrainingResources.start(config, weights, TrainingModes.of(config, weights.config()))) {
            Workers<?> workers = machine.workers();
            List<float[]> values = weights.values(slots);
            widen(slots, values);
            workers.assign(values);
            List<float[]> gradients = workers.gradients(batches, 0).gradients();
            keepColors(slots, gradients);
            List<Double> norms = gradients.stream().map(GaussianStepTest::norm).toList();
            double largest = norms.stream().mapToDouble(n -> n).max().orElseThrow();
            int compared = 0;
            for (int i = 0; i < slots.size(); i++) {
                double norm = norms.get(i);
                if (norm > 0.02 * largest) {
                    double slope = (total(workers, batches, values, i, gradients.get(i), STEP / norm)
                                    - total(workers, batches, values, i, gradients.get(i), -STEP / norm))
                            / (2 * STEP);
                    assertThat(slope).as(slots.get(i).name()).isCloseTo(norm, within(0.03 * norm + 0.002 * largest));
                    compared++;
                }
            }
            assertThat(compared).isGreaterThan(5);
        }
    }

    /** Makes Gaussians wide and half transparent, since the loss of small ones jumps where they reach another pixel. */
    private static void widen(List<ParameterSlot> slots, List<float[]> values) {
        for (int i = 0; i < slots.size(); i++) {
            if (slots.get(i).name().endsWith("output_conv2.2.bias")) {
                float[] bias = values.get(i);
                bias[2] = bias[3] = bias[4] = 0; // three pixels
                bias[bias.length - 1] = -1;
            }
        }
    }

    /**
     * Removes all but colors and opacity from the directions of the last layer: positions and sizes determine which
     * Gaussians reach a pixel and in which order, which gradients hold fixed. GaussianObjectiveTest covers them.
     */
    private static void keepColors(List<ParameterSlot> slots, List<float[]> gradients) {
        for (int i = 0; i < slots.size(); i++) {
            if (slots.get(i).name().contains("output_conv2.2.")) {
                int channels = slots.get(i).shape().get(0);
                int each = gradients.get(i).length / channels;
                Arrays.fill(gradients.get(i), 0, 9 * each, 0); // offset in the image, scale, rotation
                Arrays.fill(gradients.get(i), (channels - 2) * each, (channels - 1) * each, 0); // offset of the depth
            }
        }
    }

    /** Returns the loss after a step of one tensor in a direction. */
    private static double total(
            Workers<?> workers, List<Batch> batches, List<float[]> values, int tensor, float[] direction, double step) {
        List<float[]> moved = new ArrayList<>(values);
        float[] changed = values.get(tensor).clone();
        for (int i = 0; i < changed.length; i++) {
            changed[i] += (float) (step * direction[i]);
        }
        moved.set(tensor, changed);
        workers.assign(moved);
        return workers.gradients(batches, 0).terms().get("total");
    }

    private static double norm(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }

    @Test
    void aNewHeadPredictsTheColorsOfPixels() throws IOException {
        TrainConfig config = GaussianRun.config(shared, "engine.workers=1");
        MasterWeights weights = MasterWeights.of(config.model(), config.seed());
        GaussianMode mode = GaussianMode.of(config, weights.config());
        Batch batch = batch();
        try (TrainingResources<List<PlacedGaussians>> machine = TrainingResources.start(config, weights, mode)) {
            machine.workers().assign(weights.values(weights.trained(config.optimization()::trains)));
            PlacedGaussians placed = machine.workers()
                    .onBatches(List.of(batch), worker -> worker::predict)
                    .get(0)
                    .get(0);
            GaussianObjective objective =
                    new GaussianObjective(mode.adapter(), GaussianWeights.defaults(), SplatOptions.defaults());
            GaussianCloud cloud = objective.gaussians(placed.prediction());
            TrainingScene inputs = placed.inputs();
            int coefficients = cloud.harmonics().length / cloud.size() / 3;
            for (int i = 0; i < 3 * cloud.size(); i++) {
                double color = 0.5 + HARMONIC * cloud.harmonics()[i * coefficients];
                assertThat(color).isCloseTo((inputs.rgb()[i] & 0xff) / 255.0, within(0.03)); // positions add 0.02
            }
            assertThat(cloud.opacities()[0]).isCloseTo(0.9f, within(0.02f));
        }
    }
}
