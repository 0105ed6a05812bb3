package da3.server.tasks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.core.ResizeMethod;
import da3.export.ExportFormat;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.nn.ReferenceViewStrategy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Collectors;

/** A task as the bytes of its file. */
final class TaskJson {

    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private TaskJson() {}

    static byte[] bytes(Task task) {
        ObjectNode node = JSON.createObjectNode();
        node.put("version", VERSION);
        node.put("id", task.id().toString());
        node.put("name", task.name());
        node.put("status", task.status().id());
        node.put("message", task.message());
        node.put("progress", task.progress());
        node.put("stage", task.stage());
        node.put("created_at", task.createdAt().toString());
        task.startedAt().ifPresent(at -> node.put("started_at", at.toString()));
        task.completedAt().ifPresent(at -> node.put("completed_at", at.toString()));
        node.put("views", task.views());
        task.exportDirectory().ifPresent(directory -> node.put("export_directory", directory.toString()));
        node.set("options", options(task.options()));
        ArrayNode warnings = node.putArray("warnings");
        task.warnings().forEach(warnings::add);
        task.error().ifPresent(error -> node.put("error", error));
        return bytes(node);
    }

    /**
     * @param folder that the bytes were found in
     * @throws IOException if they are no task of that folder; the message says why
     */
    static Task task(byte[] bytes, TaskFolder folder) throws IOException {
        try {
            JsonNode node = JSON.readTree(bytes);
            int version = node.required("version").intValue();
            if (version != VERSION) {
                throw new IllegalArgumentException("version is " + version + "; legal: " + VERSION);
            }
            UUID id = UUID.fromString(text(node, "id"));
            if (!id.toString().equals(folder.root().getFileName().toString())) {
                throw new IllegalArgumentException("it is of task " + id);
            }
            return new Task(
                    id,
                    text(node, "name"),
                    TaskStatus.valueOf(text(node, "status").toUpperCase(Locale.ROOT)),
                    text(node, "message"),
                    node.required("progress").doubleValue(),
                    text(node, "stage"),
                    Instant.parse(text(node, "created_at")),
                    Optional.ofNullable(node.get("started_at")).map(at -> Instant.parse(at.textValue())),
                    Optional.ofNullable(node.get("completed_at")).map(at -> Instant.parse(at.textValue())),
                    node.required("views").intValue(),
                    folder.results(),
                    Optional.ofNullable(node.get("export_directory")).map(path -> Path.of(path.textValue())),
                    options(node.required("options")),
                    texts(node.required("warnings")),
                    Optional.ofNullable(node.get("error")).map(JsonNode::textValue));
        } catch (IOException | RuntimeException e) {
            throw new IOException(folder.json() + " is no task's record: " + firstLine(e), e);
        }
    }

    static byte[] bytes(JsonNode node) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values cannot be written", e);
        }
    }

    private static ObjectNode options(TaskOptions options) {
        ObjectNode node = JSON.createObjectNode();
        node.put("formats", options.formats().stream().map(ExportFormat::id).collect(Collectors.joining("-")));
        options.resolution().ifPresent(side -> node.put("resolution", side));
        node.put("resize_method", options.resizeMethod().toString());
        ArrayNode layers = node.putArray("feature_layers");
        options.featureLayers().forEach(layers::add);
        node.put("align_depth", options.alignDepth());
        node.put("poses_from_rays", options.posesFromRays());
        node.put("reference_view", options.referenceView().id());
        node.put("seed", options.seed());
        node.put("confidence_percentile", options.confidencePercentile());
        node.put("max_points", options.maxPoints());
        node.put("show_cameras", options.showCameras());
        node.put("feature_frames_per_second", options.featureFramesPerSecond());
        options.extrinsics().ifPresent(poses -> {
            ArrayNode list = node.putArray("extrinsics");
            poses.forEach(pose -> numbers(list.addArray(), pose.toMatrix3x4()));
        });
        options.intrinsics().ifPresent(all -> {
            ArrayNode list = node.putArray("intrinsics");
            all.forEach(k -> numbers(list.addArray(), k.fx(), k.fy(), k.cx(), k.cy()));
        });
        return node;
    }

    private static TaskOptions options(JsonNode node) {
        List<Integer> layers = new ArrayList<>();
        node.required("feature_layers").forEach(layer -> layers.add(layer.intValue()));
        OptionalInt resolution =
                node.has("resolution") ? OptionalInt.of(node.get("resolution").intValue()) : OptionalInt.empty();
        TaskOptions options = TaskOptions.defaults()
                .withFeatureLayers(layers)
                .withFormats(ExportFormat.parse(text(node, "formats")))
                .withResolution(resolution, ResizeMethod.of(text(node, "resize_method")))
                .withAlignDepth(node.required("align_depth").booleanValue())
                .withPosesFromRays(node.required("poses_from_rays").booleanValue())
                .withReferenceView(ReferenceViewStrategy.of(text(node, "reference_view")))
                .withSeed(node.required("seed").longValue())
                .withConfidencePercentile(node.required("confidence_percentile").doubleValue())
                .withMaxPoints(node.required("max_points").intValue())
                .withShowCameras(node.required("show_cameras").booleanValue())
                .withFeatureFramesPerSecond(
                        node.required("feature_frames_per_second").doubleValue());
        if (node.has("extrinsics")) {
            List<Pose> poses = new ArrayList<>();
            node.get("extrinsics").forEach(matrix -> poses.add(Pose.ofMatrix(numbers(matrix), 0)));
            options = options.withExtrinsics(poses);
        }
        if (node.has("intrinsics")) {
            List<Intrinsics> intrinsics = new ArrayList<>();
            for (JsonNode list : node.get("intrinsics")) {
                double[] k = numbers(list);
                intrinsics.add(new Intrinsics(k[0], k[1], k[2], k[3]));
            }
            options = options.withIntrinsics(intrinsics);
        }
        return options;
    }

    private static String text(JsonNode node, String field) {
        String text = node.required(field).textValue();
        if (text == null) {
            throw new IllegalArgumentException(field + " is " + node.get(field) + "; legal: a text");
        }
        return text;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static void numbers(ArrayNode list, double... values) {
        for (double value : values) {
            list.add(value);
        }
    }

    private static double[] numbers(JsonNode list) {
        double[] values = new double[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(i).doubleValue();
        }
        return values;
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
