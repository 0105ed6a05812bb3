package da3.server.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.export.ExportFormat;
import da3.server.tasks.TaskOptions;

/**
 * Options of a task as the fields of a request that means them.
 *
 * <p>Source of the names: reference file services/backend.py, InferenceRequest; and what it lacks.
 */
public final class OptionsJson {

    private OptionsJson() {}

    /**
     * Extrinsics (views, 3, 4), world-to-camera, and intrinsics (views, 3, 3), in pixels; null where there are none. A
     * resolution that is left to the model is left out.
     */
    public static ObjectNode of(TaskOptions options) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("export_format", formats(options));
        putCameras(json, options);
        options.resolution().ifPresent(side -> json.put("process_res", side));
        json.put("process_res_method", options.resizeMethod().toString());
        ArrayNode layers = json.putArray("export_feat_layers");
        options.featureLayers().forEach(layers::add);
        json.put("align_to_input_ext_scale", options.alignDepth());
        json.put("conf_thresh_percentile", options.confidencePercentile());
        json.put("num_max_points", options.maxPoints());
        json.put("show_cameras", options.showCameras());
        json.put("feat_vis_fps", options.featureFramesPerSecond());
        json.put("use_ray_pose", options.posesFromRays());
        json.put("ref_view_strategy", options.referenceView().id());
        json.put("infer_gs", options.formats().contains(ExportFormat.GS_PLY));
        json.put("seed", options.seed());
        return json;
    }

    /** Joined by {@code -}. */
    public static String formats(TaskOptions options) {
        return String.join("-", options.formats().stream().map(ExportFormat::id).toList());
    }

    private static void putCameras(ObjectNode json, TaskOptions options) {
        json.putNull("extrinsics");
        json.putNull("intrinsics");
        options.extrinsics().ifPresent(poses -> {
            ArrayNode list = json.putArray("extrinsics");
            poses.forEach(pose -> putRows(list, pose.toMatrix3x4(), 4));
        });
        options.intrinsics().ifPresent(all -> {
            ArrayNode list = json.putArray("intrinsics");
            all.forEach(k -> putRows(list, k.matrix().toArray(), 3));
        });
    }

    private static void putRows(ArrayNode list, double[] values, int columns) {
        ArrayNode matrix = list.addArray();
        for (int i = 0; i < values.length; i += columns) {
            ArrayNode row = matrix.addArray();
            for (int j = 0; j < columns; j++) {
                row.add(values[i + j]);
            }
        }
    }
}
