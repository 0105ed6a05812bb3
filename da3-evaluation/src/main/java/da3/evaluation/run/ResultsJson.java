package da3.evaluation.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.evaluation.mode.Metric;
import da3.evaluation.mode.Mode;
import da3.io.ExportDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Writes metrics as JSON, over all scenes and for each group of scenes, with the scenes that failed. */
public final class ResultsJson {

    /** Name of the file. */
    public static final String FILE = "results.json";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ResultsJson() {}

    /** Writes the file and returns its path. */
    public static Path write(EvaluationResult result, ExportDirectory directory) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(json(result));
        return directory.write(FILE, out -> out.write(bytes));
    }

    private static ObjectNode json(EvaluationResult result) {
        ObjectNode root = JSON.createObjectNode();
        root.put("suite", result.suite());
        ObjectNode notes = root.putObject("notes");
        result.modes().forEach(mode -> mode.note().ifPresent(note -> notes.put(mode.id(), note)));
        ObjectNode predictors = root.putObject("predictors");
        result.predictors().forEach((name, description) -> {
            ObjectNode predictor = predictors.putObject(name);
            predictor.put("description", description);
            predictor.put("scenes", result.records(name).size());
            ObjectNode failures = predictor.putObject("failures");
            result.records(name)
                    .forEach(record -> record.error().ifPresent(error -> failures.put(record.scene(), error)));
            metrics(predictor.putObject("metrics"), result, metric -> result.value(metric, name));
            ObjectNode groups = predictor.putObject("groups");
            result.groups().forEach((kind, members) -> {
                ObjectNode all = groups.putObject(kind);
                members.forEach(group ->
                        metrics(all.putObject(group), result, metric -> result.value(metric, name, kind, group)));
            });
        });
        return root;
    }

    private static void metrics(ObjectNode into, EvaluationResult result, Function<Metric, OptionalDouble> value) {
        for (Mode mode : result.modes()) {
            ObjectNode metrics = JSON.createObjectNode();
            for (Metric metric : mode.metrics()) {
                value.apply(metric).ifPresent(number -> metrics.put(metric.id(), number));
            }
            if (!metrics.isEmpty()) {
                into.set(mode.id(), metrics);
            }
        }
    }
}
