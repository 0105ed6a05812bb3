package da3.train.run;

import da3.synthetic.SceneFamily;
import da3.synthetic.shard.ShardRendering;
import da3.train.checkpoint.SmallModel;
import da3.train.config.SmallConfig;
import da3.train.config.TrainConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A small any-view network without a Gaussian head, scenes of 28x42, and configurations that add a head. */
final class GaussianRun {

    private GaussianRun() {}

    /** Writes the network to {@code base} and four scenes to {@code shards}. */
    static void write(Path folder) throws IOException {
        SmallModel.write(folder.resolve("base"), 7, "Apache-2.0");
        new ShardRendering(1, 4, 4, SceneFamily.forTraining(), 28, 42, 1).write(folder.resolve("shards"), done -> {});
    }

    /** Returns a configuration that trains the head on these scenes and validates it on them. */
    static TrainConfig config(Path folder, String... more) {
        Path shards = folder.resolve("shards");
        List<String> overrides = new ArrayList<>(List.of(
                "objective={kind: gaussian, held_out: 1}",
                "model={checkpoint: '" + folder.resolve("base")
                        + "', gaussian_head: {features: 24, channels: [8, 12, 16, 16], sh_degree: 1}, train: patterns, "
                        + "train_patterns: ['gs_head']}",
                "phases.0={steps: 4, shards: [" + shards
                        + "], sizes: [{rows: 28, columns: 42}], min_views: 3, scenes_per_step: 2}",
                "augmentation={}",
                "optimization.groups=[{pattern: '.', optimizer: adamw, learning_rate: 0.002}]",
                "validation={shards: [" + shards
                        + "], scenes: 2, views: 3, rows: 28, columns: 42, steps: 2, pictures: 1, best_by: psnr}",
                "posed_probability=0.5"));
        overrides.addAll(Arrays.asList(more));
        return SmallConfig.of(overrides.toArray(String[]::new));
    }
}
