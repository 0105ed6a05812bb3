package da3.train.run;

import da3.nn.BackboneConfig;
import da3.nn.DptConfig;
import da3.nn.ModelConfig;
import da3.nn.NetworkConfig;
import java.util.List;
import java.util.Optional;

/** Monocular networks of any size. */
final class MonocularNetwork {

    private MonocularNetwork() {}

    /** Reads a network that predicts depth, sky, and with {@code objects}, also objects. */
    static ModelConfig read(Section s) {
        int dim = s.integer("dim", 192, 2, 1 << 16);
        BackboneConfig backbone = new BackboneConfig(
                s.integer("image_size", 224, 14, 14 * 1024),
                14,
                dim,
                s.integer("depth", 12, 4, 64),
                s.integer("heads", 3, 1, 1024),
                false,
                4 * dim,
                -1,
                -1,
                -1,
                100,
                false,
                s.integers("out_layers", List.of(2, 5, 8, 11)),
                0.1,
                1e-6,
                1e-5,
                1e-5,
                3);
        DptConfig head = new DptConfig(
                s.flag("objects", false) ? DptConfig.Kind.DEPTH_SKY_AND_OBJECTS : DptConfig.Kind.DEPTH_AND_SKY,
                dim,
                14,
                1,
                s.integer("features", 32, 8, 1 << 16),
                s.integers("channels", List.of(24, 48, 96, 192)),
                false,
                false,
                0.1,
                100,
                1e-5,
                4,
                5);
        return new ModelConfig(
                        new NetworkConfig(backbone, head, Optional.empty(), Optional.empty(), Optional.empty()),
                        Optional.empty())
                .withDepthUnit(s.choice("depth_unit", ModelConfig.DepthUnit.ARBITRARY))
                .withProcessingSize(s.integer("process_res", ModelConfig.PUBLISHED_SIZE, 14, 1 << 14));
    }
}
