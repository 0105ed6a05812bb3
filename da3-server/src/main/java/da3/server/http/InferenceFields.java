package da3.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.core.ResizeMethod;
import da3.export.ExportFormat;
import da3.nn.ReferenceViewStrategy;
import da3.server.tasks.TaskOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The fields of {@code /inference}, in both forms that they come in.
 *
 * <p>Source: reference file services/backend.py, InferenceRequest; and what it lacks.
 */
final class InferenceFields {

    private static final List<String> OPTIONS = List.of(
            "export_format",
            "extrinsics",
            "intrinsics",
            "process_res",
            "process_res_method",
            "export_feat_layers",
            "align_to_input_ext_scale",
            "conf_thresh_percentile",
            "num_max_points",
            "show_cameras",
            "feat_vis_fps",
            "use_ray_pose",
            "ref_view_strategy",
            "infer_gs",
            "seed",
            "name",
            "fps");

    /** Fields of a form whose text is meant as it stands, and not as JSON. */
    private static final Set<String> TEXTS = Set.of("export_format", "process_res_method", "ref_view_strategy", "name");

    private static final int MAX_NAME = 200;

    private TaskOptions options = TaskOptions.defaults();
    private Optional<String> name = Optional.empty();
    private Optional<Double> fps = Optional.empty();
    private List<String> imagePaths = List.of();
    private Optional<String> exportDirectory = Optional.empty();

    private InferenceFields() {}

    /** Of a body of JSON, which names files of this machine. */
    static InferenceFields ofJson(ObjectNode body) {
        InferenceFields read = new InferenceFields();
        Fields fields = new Fields(
                body,
                Stream.concat(Stream.of("image_paths", "export_dir"), OPTIONS.stream())
                        .toList());
        fields.texts("image_paths", paths -> read.imagePaths = paths);
        fields.text("export_dir", directory -> read.exportDirectory = Optional.of(directory));
        if (read.imagePaths.isEmpty()) {
            throw HttpError.illegal("image_paths is empty; legal: at least one path");
        }
        read.readOptions(fields);
        return read;
    }

    /** Of a form, which brings its files along. */
    static InferenceFields ofForm(Map<String, String> texts) {
        ObjectNode body = Json.object();
        texts.forEach((field, text) -> {
            if (TEXTS.contains(field)) {
                body.put(field, text);
            } else if (OPTIONS.contains(field)) {
                body.set(field, Json.parse(text.getBytes(StandardCharsets.UTF_8), field));
            } else {
                body.put(field, text); // and is refused by name
            }
        });
        InferenceFields read = new InferenceFields();
        read.readOptions(new Fields(body, OPTIONS));
        return read;
    }

    private void readOptions(Fields fields) {
        List<ExportFormat> formats = new ArrayList<>(options.formats());
        fields.text("export_format", text -> {
            formats.clear();
            formats.addAll(ExportFormat.parse(text));
        });
        fields.truth("infer_gs", infer -> {
            if (infer && !formats.contains(ExportFormat.GS_PLY)) {
                formats.add(ExportFormat.GS_PLY);
            }
        });
        // Before the formats, of which one shows them.
        fields.integers("export_feat_layers", layers -> options = options.withFeatureLayers(layers));
        try {
            options = options.withFormats(formats);
        } catch (IllegalArgumentException e) {
            throw HttpError.illegal("export_format: " + e.getMessage());
        }
        fields.integer("process_res", side -> options = options.withResolution(side, options.resizeMethod()));
        fields.text(
                "process_res_method",
                method -> options = options.withResolution(options.resolution(), ResizeMethod.of(method)));
        fields.truth("align_to_input_ext_scale", align -> options = options.withAlignDepth(align));
        fields.number("conf_thresh_percentile", percent -> options = options.withConfidencePercentile(percent));
        fields.integer("num_max_points", points -> options = options.withMaxPoints(points));
        fields.truth("show_cameras", show -> options = options.withShowCameras(show));
        fields.number("feat_vis_fps", rate -> options = options.withFeatureFramesPerSecond(rate));
        fields.truth("use_ray_pose", rays -> options = options.withPosesFromRays(rays));
        fields.text(
                "ref_view_strategy",
                strategy -> options = options.withReferenceView(ReferenceViewStrategy.of(strategy)));
        fields.wideInteger("seed", seed -> options = options.withSeed(seed));
        CameraFields.extrinsics(fields.get("extrinsics")).ifPresent(e -> options = options.withExtrinsics(e));
        CameraFields.intrinsics(fields.get("intrinsics")).ifPresent(k -> options = options.withIntrinsics(k));
        fields.text("name", text -> name = Optional.of(requireName(text)));
        fields.number("fps", rate -> fps = Optional.of(rate));
    }

    private static String requireName(String text) {
        if (text.isBlank()
                || text.length() > MAX_NAME
                || !SafeText.shortened(text).equals(text)) {
            throw new IllegalArgumentException("it is \"" + SafeText.shortened(text) + "\"; legal: 1 to " + MAX_NAME
                    + " characters that can be seen");
        }
        return text.strip();
    }

    TaskOptions options() {
        return options;
    }

    Optional<String> name() {
        return name;
    }

    /** Frames of a video a second. */
    Optional<Double> fps() {
        return fps;
    }

    List<String> imagePaths() {
        return imagePaths;
    }

    Optional<String> exportDirectory() {
        return exportDirectory;
    }
}
