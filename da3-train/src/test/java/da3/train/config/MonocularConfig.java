package da3.train.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Configurations of a small monocular network on images of 28x42. */
public final class MonocularConfig {

    private static final String CONFIG =
            """
            seed: 7
            objective:
              {kind: teacher, normal: 0.1, global_grid: 10, levels: [{level: 4, patches: 4, grid: 6}]}
            model:
              monocular:
                {image_size: 56, dim: 32, depth: 4, heads: 2, out_layers: [0, 1, 2, 3],
                 features: 16, channels: [8, 12, 16, 16]}
            phases:
              - {steps: 4, shards: [none], sizes: [{rows: 28, columns: 42}], min_views: 1, scenes_per_step: 4}
            optimization:
              groups: [{pattern: '.', optimizer: adamw, learning_rate: 0.001}]
              schedule: {warmup_steps: 2}
              ema_decay: 0.8
            validation: {scenes: 4, views: 1, rows: 28, columns: 42, steps: 2, pictures: 1}
            checkpoints: {minutes: 100, log_steps: 1}
            """;

    private MonocularConfig() {}

    /** Returns a configuration that trains on a folder and validates on it. */
    public static TrainConfig of(Path scenes, String... more) {
        List<String> overrides =
                new ArrayList<>(List.of("phases.0.shards=[" + scenes + "]", "validation.shards=[" + scenes + "]"));
        overrides.addAll(Arrays.asList(more));
        return TrainConfigFile.parse(CONFIG, "run.yaml", overrides);
    }
}
