package da3.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The official 3D Tiles validator, bundled as {@code validator/3d-tiles-validator.cjs}, in a process of Node. */
final class TileValidator {

    private static final Path VALIDATOR = Path.of("validator/3d-tiles-validator.cjs");
    private static final long MAX_SECONDS = 300;

    private TileValidator() {}

    /**
     * What the validator found in a tile set and all its tiles.
     *
     * @param issues type and message of each error and warning
     */
    record Report(int errors, int warnings, List<String> issues) {}

    /** Validates a tile set and the content of its tiles. */
    static Report validate(Path tileset) throws IOException, InterruptedException {
        Path report = Files.createTempFile("tiles", ".json");
        Process process = new ProcessBuilder(
                        System.getProperty("da3.node"),
                        VALIDATOR.toAbsolutePath().toString(),
                        "--tilesetFile",
                        tileset.toString(),
                        "--reportFile",
                        report.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS) || Files.size(report) == 0) {
            process.destroyForcibly();
            throw new IOException("the validator wrote no report; its output:\n" + output);
        }
        JsonNode result = new ObjectMapper().readTree(report.toFile());
        Files.delete(report);
        List<String> issues = new ArrayList<>();
        collect(result, issues);
        return new Report(
                result.path("numErrors").intValue(), result.path("numWarnings").intValue(), issues);
    }

    private static void collect(JsonNode result, List<String> issues) {
        for (JsonNode issue : result.path("issues")) {
            issues.add(
                    issue.path("type").asText() + ": " + issue.path("message").asText());
            for (JsonNode cause : issue.path("causes")) {
                issues.add("  " + cause.path("type").asText() + ": "
                        + cause.path("message").asText());
            }
        }
    }
}
