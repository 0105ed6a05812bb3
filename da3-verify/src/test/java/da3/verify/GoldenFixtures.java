package da3.verify;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The golden cases in the test resources: a subset of five megabytes that covers every kind of network (any-view with
 * GELU and with SwiGLU, nested, metric, Gaussians, given cameras, a full preset) and the functions that no network case
 * calls.
 */
final class GoldenFixtures {

    private static final Pattern INPUTS = Pattern.compile("\"inputs_from\": \"([^\"]*)\"");

    private GoldenFixtures() {}

    static Path folder() {
        try {
            return Path.of(Objects.requireNonNull(GoldenFixtures.class.getResource("/golden"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<String> names() throws IOException {
        try (Stream<Path> cases = Files.list(folder().resolve("cases"))) {
            return cases.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    /** Copies one case into a new folder of golden cases, and the case whose inputs it uses, if there is one. */
    static Path alone(String name, Path parent) throws IOException {
        Path alone = parent.resolve("golden-" + name);
        String description = Files.readString(copy(name, alone).resolve("case.json"));
        Matcher inputs = INPUTS.matcher(description);
        if (inputs.find()) {
            copy(inputs.group(1), alone);
        }
        Path weights = Files.createDirectories(alone.resolve("weights"));
        try (Stream<Path> files = Files.list(folder().resolve("weights"))) {
            for (Path file : files.toList()) {
                if (description.contains(file.getFileName().toString())) {
                    Files.copy(file, weights.resolve(file.getFileName()));
                }
            }
        }
        return alone;
    }

    private static Path copy(String name, Path golden) throws IOException {
        Path copy = Files.createDirectories(golden.resolve("cases").resolve(name));
        for (String file : List.of("case.json", "tensors.safetensors")) {
            Files.copy(folder().resolve("cases").resolve(name).resolve(file), copy.resolve(file));
        }
        return copy;
    }
}
