package da3.evaluation.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import da3.geometry.check.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the results of earlier evaluations. */
public final class EarlierResults {

    private EarlierResults() {}

    /**
     * Reads the metrics of the predictor that an evaluation has put under test, the first one.
     *
     * @param directory directory of the evaluation
     * @param suite description of the suite that its scenes must be from
     * @throws IOException if there are no results, they cannot be read, or they are of another suite
     */
    public static ComparedResult read(Path directory, String suite) throws IOException {
        Path file = directory.resolve(ResultsJson.FILE);
        JsonNode root = parsed(file);
        if (!suite.equals(root.path("suite").asText())) {
            throw new IOException(Check.message(
                    "suite of " + file,
                    "that of this evaluation, " + suite,
                    root.path("suite").asText()));
        }
        Iterator<Map.Entry<String, JsonNode>> predictors =
                root.path("predictors").properties().iterator();
        if (!predictors.hasNext()) {
            throw new IOException(file + " must hold a predictor, got none");
        }
        Map.Entry<String, JsonNode> first = predictors.next();
        Map<String, Double> values = new LinkedHashMap<>();
        first.getValue().path("metrics").properties().forEach(mode -> mode.getValue()
                .properties()
                .forEach(metric -> values.put(
                        mode.getKey() + "." + metric.getKey(), metric.getValue().asDouble())));
        return new ComparedResult(
                first.getKey() + " in " + name(directory),
                first.getValue().path("description").asText(),
                values);
    }

    private static JsonNode parsed(Path file) throws IOException {
        try {
            return new ObjectMapper().readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw new IOException(file + " must be results of an evaluation: " + e.getOriginalMessage(), e);
        }
    }

    private static String name(Path directory) {
        Path name = directory.toAbsolutePath().normalize().getFileName();
        return name == null ? directory.toString() : name.toString();
    }
}
