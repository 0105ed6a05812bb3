package da3.core;

import da3.geometry.check.Check;
import da3.nn.Preset;
import da3.weights.BundledCheckpoint;
import da3.weights.hub.HubId;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** A reference to a model: a seeded preset, a path, or an id of the hub. */
public sealed interface ModelReference {

    /** Prefix of presets with seeded weights, for trials without a checkpoint. */
    String SEEDED = "seeded:";

    /** Matches text that can only be a path: by its first character, by several separators, or by its extension. */
    Pattern PATH = Pattern.compile("[./\\\\~]|[^/\\\\]*[/\\\\][^/\\\\@]*[/\\\\]|.*\\.(safetensors|json)$");

    /** A preset with seeded, untrained weights. */
    record Seeded(Preset preset) implements ModelReference {
        @Override
        public String toString() {
            return SEEDED + preset.id();
        }
    }

    /** Name of the small model that the jar {@code da3-tiny} contains. */
    String TINY = "da3-tiny";

    /** A checkpoint on the class path, such as {@code da3-tiny} from the jar of that name. */
    record Bundled(String name) implements ModelReference {
        @Override
        public String toString() {
            return name;
        }
    }

    /** The folder, safetensors file or index of a checkpoint. */
    record OnDisk(Path path) implements ModelReference {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** A model on the hub, at a revision. */
    record OnHub(HubId id) implements ModelReference {
        @Override
        public String toString() {
            return id.toString();
        }
    }

    /**
     * Parses a reference. A checkpoint on the class path takes precedence over a file or folder of the same name, which
     * {@code ./name} refers to, and both take precedence over a model on the hub.
     *
     * @param text {@code seeded:<preset>}, a path, the name of a checkpoint on the class path, or {@code
     *     owner/name[@revision]}
     * @throws IllegalArgumentException if the text is none of these; the message lists the accepted forms
     */
    static ModelReference parse(String text) {
        if (text.startsWith(SEEDED)) {
            return new Seeded(Preset.of(text.substring(SEEDED.length())));
        }
        if (BundledCheckpoint.exists(text)) {
            return new Bundled(text);
        }
        Optional<Path> path = existing(text);
        if (path.isPresent()) {
            return new OnDisk(path.get());
        }
        if (PATH.matcher(text).lookingAt()) {
            throw new IllegalArgumentException("model " + text + " does not exist");
        }
        try {
            return new OnHub(HubId.parse(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    Check.message(
                            "model",
                            "the path of a file or folder, " + SEEDED
                                    + "PRESET, the name of a model on the class path, or an id of the hub",
                            "'" + text + "' (" + e.getMessage() + ")"),
                    e);
        }
    }

    private static Optional<Path> existing(String text) {
        try {
            return Optional.of(Path.of(text)).filter(path -> !text.isEmpty() && Files.exists(path));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
