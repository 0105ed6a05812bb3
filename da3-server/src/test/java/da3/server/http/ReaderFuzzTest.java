package da3.server.http;

import da3.io.FuzzedReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests that damaged request bodies are either read or rejected. */
class ReaderFuzzTest {

    private static final String BODY =
            """
            {"image_paths": ["a.png", "b.png"], "export_dir": "out", "export_format": "glb-feat_vis",
             "extrinsics": [[[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]], [[1, 0, 0, 0.5], [0, 1, 0, 0], [0, 0, 1, 0]]],
             "intrinsics": [[[300, 0, 50], [0, 300, 40], [0, 0, 1]], [[300, 0, 50], [0, 300, 40], [0, 0, 1]]],
             "process_res": 504, "process_res_method": "upper_bound_resize", "export_feat_layers": [3, 7],
             "align_to_input_ext_scale": true, "conf_thresh_percentile": 40.5, "num_max_points": 1000,
             "show_cameras": false, "feat_vis_fps": 15, "use_ray_pose": false, "ref_view_strategy": "middle",
             "infer_gs": false, "seed": 42, "name": "a room"}
            """;

    @Test
    void damagedBodiesAreReadOrRejected() throws Exception {
        new FuzzedReader(
                        "body",
                        BODY.getBytes(StandardCharsets.UTF_8),
                        List.of(HttpError.class),
                        bytes -> InferenceFields.ofJson(Json.parseObject(bytes, "the body")))
                .fuzz();
    }
}
