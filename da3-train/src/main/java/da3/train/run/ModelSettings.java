package da3.train.run;

import da3.nn.BackboneConfig;
import da3.nn.CameraEncoderConfig;
import da3.nn.DptConfig;
import da3.nn.ModelConfig;
import da3.nn.NetworkConfig;
import da3.nn.Preset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The network and the origin of its initial weights.
 *
 * @param network the network; absent if the checkpoint specifies it
 * @param fineTuning settings for starting from a checkpoint; absent for new weights
 * @param seeded whether new weights are seeded noise, as for tests, instead of an initialization
 * @param initialization of new weights
 */
public record ModelSettings(
        Optional<ModelConfig> network, Optional<FineTuning> fineTuning, boolean seeded, Initialization initialization) {

    /** Initialization of new weights. */
    enum Start {
        INITIALIZED,
        SEEDED
    }

    static ModelSettings read(Section section) {
        Optional<String> preset = section.text("preset");
        Optional<FineTuning> fineTuning = section.text("checkpoint").map(base -> FineTuning.read(section, base));
        Start start = section.choice("start", Start.INITIALIZED);
        Optional<ModelConfig> network = preset.map(
                name -> section.checked("preset", s -> Preset.of(name).config()));
        if (section.has("network")) {
            Section custom = section.section("network");
            network = Optional.of(section.checked("network", s -> network(custom)));
            custom.finish();
        }
        if (section.has("monocular")) {
            Section custom = section.section("monocular");
            network = Optional.of(section.checked("monocular", s -> MonocularNetwork.read(custom)));
            custom.finish();
        }
        long given = Stream.of("preset", "network", "monocular", "checkpoint")
                .filter(section::has)
                .count();
        if (given != 1) {
            throw new ConfigException(
                    "model must have one of preset, network, monocular and checkpoint, got " + given + " of them");
        }
        Section initialization = section.section("initialization");
        Initialization initial = Initialization.read(initialization);
        initialization.finish();
        section.finish();
        return new ModelSettings(network, fineTuning, start == Start.SEEDED, initial);
    }

    /** An any-view network of any size. */
    private static ModelConfig network(Section s) {
        int dim = s.integer("dim", 192, 2, 1 << 16);
        int altStart = s.integer("alt_start", 4, 0, 64);
        BackboneConfig backbone = new BackboneConfig(
                s.integer("image_size", 224, 14, 14 * 1024),
                14,
                dim,
                s.integer("depth", 12, 4, 64),
                s.integer("heads", 3, 1, 1024),
                false,
                4 * dim,
                altStart,
                altStart,
                altStart,
                100,
                true,
                s.integers("out_layers", List.of(5, 7, 9, 11)),
                0.1,
                1e-6,
                1e-5,
                1e-5,
                3);
        DptConfig head = new DptConfig(
                DptConfig.Kind.DEPTH_AND_RAYS,
                2 * dim,
                14,
                2,
                s.integer("features", 32, 8, 1 << 16),
                s.integers("channels", List.of(24, 48, 96, 192)),
                true,
                true,
                0.1,
                100,
                1e-5,
                4,
                5);
        CameraEncoderConfig encoder = new CameraEncoderConfig(
                dim, s.integer("camera_blocks", 4, 1, 64), s.integer("camera_heads", 3, 1, 1024), 4, 1e-5);
        if (dim % encoder.numHeads() != 0) {
            throw s.invalid("camera_heads", encoder.numHeads(), "a divisor of dim, " + dim);
        }
        return new ModelConfig(
                        new NetworkConfig(backbone, head, Optional.of(2 * dim), Optional.of(encoder), Optional.empty()),
                        Optional.empty())
                .withProcessingSize(s.integer("process_res", ModelConfig.PUBLISHED_SIZE, 14, 1 << 14));
    }
}
