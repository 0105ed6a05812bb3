package da3.train.model;

import da3.nn.ModelConfig;
import da3.nn.Preset;
import da3.train.yaml.ConfigException;
import da3.train.yaml.Section;
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

    /**
     * Reads all keys of the section {@code model}.
     *
     * @throws ConfigException if a key or a value is not allowed
     */
    public static ModelSettings read(Section section) {
        Optional<String> preset = section.text("preset");
        Optional<FineTuning> fineTuning = section.text("checkpoint").map(base -> FineTuning.read(section, base));
        Start start = section.choice("start", Start.INITIALIZED);
        Optional<ModelConfig> network = preset.map(
                name -> section.checked("preset", s -> Preset.of(name).config()));
        if (section.has("network")) {
            Section custom = section.section("network");
            network = Optional.of(section.checked("network", s -> CustomNetwork.anyView(custom)));
            custom.finish();
        }
        if (section.has("monocular")) {
            Section custom = section.section("monocular");
            network = Optional.of(section.checked("monocular", s -> CustomNetwork.monocular(custom)));
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
}
