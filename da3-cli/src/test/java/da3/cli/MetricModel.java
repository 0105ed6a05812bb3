package da3.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small checkpoint with seeded weights that predicts depth in meters. */
final class MetricModel {

    private static final String CONFIG =
            """
            {"config": {
              "__object__": {"path": "depth_anything_3.model.da3", "name": "DepthAnything3Net", "args": "as_params"},
              "net": {
                "__object__": {"path": "depth_anything_3.model.dinov2.dinov2", "name": "DinoV2", "args": "as_params"},
                "name": "custom", "img_size": 224, "embed_dim": 192, "depth": 12, "num_heads": 3,
                "out_layers": [2, 5, 8, 11],
                "alt_start": -1, "qknorm_start": -1, "rope_start": -1, "cat_token": false},
              "head": {
                "__object__": {"path": "depth_anything_3.model.dpt", "name": "DPT", "args": "as_params"},
                "use_sky_head": true, "use_object_head": true, "pos_embed": false,
                "dim_in": 192, "output_dim": 1, "features": 32, "out_channels": [24, 48, 96, 192]},
              "process_res": 168,
              "depth_unit": "meters_at_focal_300"}}
            """;

    private MetricModel() {}

    /** Writes the weights of da3mono-tiny with a configuration that states the unit of depth, and returns the folder. */
    static Path write(Path folder) throws IOException {
        CommandRun run = CommandRun.of("model", "convert", "seeded:da3mono-tiny", folder.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        Files.writeString(folder.resolve("config.json"), CONFIG);
        return folder;
    }
}
