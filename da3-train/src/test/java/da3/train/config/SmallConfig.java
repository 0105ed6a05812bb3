package da3.train.config;

import java.util.List;

/** Configurations of a small any-view network on images of 28x42. */
public final class SmallConfig {

    /** The configuration without overrides. */
    public static final String YAML =
            """
            seed: 7
            model:
              network:
                {image_size: 56, dim: 32, depth: 4, heads: 2, alt_start: 1, out_layers: [0, 1, 2, 3],
                 features: 8, channels: [8, 12, 16, 16], camera_blocks: 1, camera_heads: 2}
            phases:
              - {steps: 6, shards: [none], sizes: [{rows: 28, columns: 42}], min_views: 2, scenes_per_step: 4}
            augmentation: {flip: 0.5, brightness: 0.2, noise: 0.02}
            optimization:
              groups:
                - {pattern: 'blocks\\.\\d+\\.(attn\\.(qkv|proj)|mlp\\.fc[12])\\.weight$', optimizer: muon, learning_rate: 0.02}
                - {pattern: '.', optimizer: adamw, learning_rate: 0.001}
              schedule: {warmup_steps: 2}
            engine: {workers: 2}
            checkpoints: {minutes: 0, keep: 2, log_steps: 1}
            """;

    private SmallConfig() {}

    /** Returns a configuration with overrides as on the command line. */
    public static TrainConfig of(String... overrides) {
        return TrainConfigFile.parse(YAML, "run.yaml", List.of(overrides));
    }
}
