package da3.spark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.core.DepthAnything3;
import da3.core.Prediction;
import da3.core.Request;
import da3.export.Export;
import da3.export.ExportFormat;
import da3.export.JobOptions;
import da3.geometry.check.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;

/** Computes the scenes of a task one after the other, and returns their results as JSON. */
record SceneTask(ModelSettings model, String output) implements MapPartitionsFunction<Row, String> {

    /** Names that are safe as a folder in any file system. Other folders in the directory begin with '.' or '_'. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,199}");

    @Override
    public Iterator<String> call(Iterator<Row> scenes) {
        SceneStore store = SceneStore.of(output);
        boolean lastAttempt = TaskAttempts.isLast(
                TaskContext.get().attemptNumber(), SparkEnv.get().conf());
        Iterable<Row> rows = () -> scenes;
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> row(row, store, lastAttempt).toString())
                .iterator();
    }

    private ObjectNode row(Row row, SceneStore store, boolean lastAttempt) {
        String id = row.getString(0);
        return RowOrError.of(Json.object().put("id", id), () -> {
                    requireId(id);
                    List<String> images = row.isNullAt(1) ? List.of() : row.getList(1);
                    Map<String, String> options = row.isNullAt(2) ? Map.of() : row.getJavaMap(2);
                    String request = model.model() + " of " + images + " with " + new TreeMap<>(options);
                    Optional<String> stored = store.result(id);
                    if (stored.isPresent()) {
                        ObjectNode result = Json.parse(stored.get());
                        requireSame(request, result.path("request").asText(), id);
                        return List.of(result.put("computed", false));
                    }
                    if (lastAttempt) {
                        throw new IOException(TaskAttempts.GIVEN_UP);
                    }
                    SceneImages read = SceneImages.read(images);
                    ObjectNode result = compute(id, read, OptionTexts.parse(options), request, store);
                    return List.of(result.put("computed", true));
                })
                .get(0);
    }

    private static void requireId(String id) {
        if (id == null || !ID.matcher(id).matches()) {
            throw Check.invalid(
                    "id",
                    "1 to 200 letters, digits, '.', '_' or '-' that begin with a letter or digit",
                    id == null ? "null" : "'" + id + "'");
        }
    }

    private static void requireSame(String request, String stored, String id) {
        if (!stored.equals(request)) {
            throw new IllegalArgumentException("the result of " + id + " must be that of " + request + ", got that of "
                    + stored + "; choose another output directory, or delete it");
        }
    }

    private ObjectNode compute(String id, SceneImages images, JobOptions job, String request, SceneStore store)
            throws IOException {
        DepthAnything3 network = model.shared();
        Request input = Request.of(images.images(), job.inference());
        job.requireServed(network.config(), model.model(), input.sizes());
        long start = System.nanoTime();
        Prediction prediction = network.predict(input);
        double seconds = (System.nanoTime() - start) / 1e9;
        try (SceneStore.Draft draft = store.begin(id)) {
            Export export = Export.of(prediction, input, images.names(), draft.folder(), job.export());
            List<String> files = new ArrayList<>();
            for (ExportFormat format : job.formats()) {
                for (Path file : format.write(export)) {
                    files.add(draft.target() + "/" + draft.folder().relativize(file));
                }
            }
            ObjectNode result = SceneResult.of(id, prediction, images.names(), seconds, files);
            result.put("request", request);
            Files.writeString(draft.folder().resolve(SceneStore.RESULT), result.toString());
            draft.commit();
            return result;
        }
    }
}
