package da3.server.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.core.ViewPrior;
import da3.export.ExportFormat;
import da3.export.OptionFields;
import da3.geometry.DepthSample;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsJsonTest {

    private static final Intrinsics K = new Intrinsics(100, 110, 50, 40);

    @Test
    void defaultsMatchTheReference() throws Exception {
        String expected =
                """
                {"export_format": "mini_npz-glb", "process_res_method": "upper_bound_resize",
                 "export_feat_layers": [], "align_to_input_ext_scale": true, "conf_thresh_percentile": 40.0,
                 "num_max_points": 1000000, "show_cameras": true, "feat_vis_fps": 15.0, "use_ray_pose": false,
                 "ref_view_strategy": "saddle_balanced", "infer_gs": false, "seed": 42,
                 "native_size": false, "independent": false, "gs_path": "extend", "gs_quality": "high",
                 "extrinsics": null, "intrinsics": null, "sparse_depth": null, "stream": null}""";
        ObjectMapper mapper = new ObjectMapper();
        assertThat(mapper.readTree(OptionsJson.of(TaskOptions.defaults()).toString()))
                .isEqualTo(mapper.readTree(expected));
    }

    @Test
    void everyFieldRoundTrips() throws Exception {
        String changed =
                """
                {"export_format": "feat_vis-mini_npz", "process_res": 70, "process_res_method": "lower_bound_crop",
                 "export_feat_layers": [3, 11], "align_to_input_ext_scale": false, "conf_thresh_percentile": 12.5,
                 "num_max_points": 17, "show_cameras": false, "feat_vis_fps": 7.5, "use_ray_pose": true,
                 "ref_view_strategy": "first", "infer_gs": false, "seed": -9223372036854775808, "native_size": true,
                 "independent": true, "gs_path": "dolly_zoom", "gs_quality": "low"}""";
        TaskOptions options = read(changed);
        ObjectNode defaults = OptionsJson.of(TaskOptions.defaults());
        ObjectNode written = OptionsJson.of(options);
        OptionFields.all().stream()
                .filter(field -> !field.name().equals("infer_gs")) // independent images have no Gaussians
                .forEach(field -> assertThat(written.path(field.name())).isNotEqualTo(defaults.path(field.name())));
        assertThat(read(written.toString())).isEqualTo(options);
    }

    @Test
    void streamingRoundTrips() throws Exception {
        String stream =
                """
                {"stream": {"window": 20, "overlap": 7, "min_motion": 0.05, "loops": "frusta", "max_points": 99,
                 "export_format": "mesh-3dtiles"}}""";
        TaskOptions options = read(stream);
        assertThat(OptionsJson.of(options).get("stream").toString())
                .isEqualTo(new ObjectMapper().readTree(stream).get("stream").toString());
        assertThat(read(OptionsJson.of(options).toString())).isEqualTo(options);
        assertThat(read("{\"stream\": {}}").stream()).contains(StreamOptions.defaults());
    }

    @Test
    void gaussiansAreAddedToTheFormats() throws Exception {
        assertThat(read("{\"infer_gs\":true}").job().formats())
                .containsExactly(ExportFormat.MINI_NPZ, ExportFormat.GLB, ExportFormat.GS_PLY);
        assertThat(read("{\"infer_gs\":true,\"export_format\":\"gs_ply\"}")
                        .job()
                        .formats())
                .containsExactly(ExportFormat.GS_PLY);
        assertThat(OptionsJson.of(read("{\"infer_gs\":true}")).path("infer_gs").asBoolean())
                .isTrue();
    }

    @Test
    void independentImagesHaveTheirOwnDefaultFormat() throws Exception {
        assertThat(read("{\"independent\":true}").job().formats()).containsExactly(ExportFormat.DEPTH_VIS);
    }

    @Test
    void priorsRoundTrip() throws Exception {
        Pose pose = Pose.ofMatrix(new double[] {0, -1, 0, 0.1, 1, 0, 0, 0.2, 0, 0, 1, 0.3}, 0);
        List<DepthSample> samples = List.of(new DepthSample(0.5, 1, 2.25));
        TaskOptions options = TaskOptions.defaults()
                .withPriors(List.of(
                        new ViewPrior(Optional.of(pose), Optional.of(K), List.of()),
                        new ViewPrior(Optional.empty(), Optional.of(K), samples)));
        assertThat(read(OptionsJson.of(options).toString())).isEqualTo(options);
    }

    @Test
    void accepts4x4Poses() throws Exception {
        TaskOptions options = read("{\"extrinsics\":[[[1,0,0,1],[0,1,0,2],[0,0,1,3],[0,0,0,1]]]}");
        assertThat(options.priors().get(0).pose().orElseThrow().translation().z())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"colour":1}                 | field must be one of export_format, process_res
                    {"process_res":56.5}         | process_res must be an integer of 32 bits, got 56.5
                    {"seed":18446744073709551615}| seed must be an integer of 64 bits, got
                    {"export_feat_layers":["1"]} | export_feat_layers must be a list of integers, got ["1"]
                    {"show_cameras":"no"}        | show_cameras must be true or false, got "no"
                    {"extrinsics":1}             | extrinsics must be a list with one element per image, got 1
                    {"extrinsics":[[1]]}         | extrinsics[0] must be a list of 3 rows of 4 numbers, got [1]
                    {"sparse_depth":[[[1,2]]]}   | sparse_depth[0][0] must be [x, y, meters], three numbers, got
                    """)
    void rejectsWrongTypes(String json, String sentence) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(MalformedFieldException.class)
                .hasMessageStartingWith(sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"export_format":"obj"}              | export_format: export format must be one of mini_npz, npz
                    {"process_res_method":"stretch"}     | process_res_method: resize method must be one of
                    {"gs_quality":"best"}                | gs_quality: video quality must be one of low, medium, high
                    {"process_res":1}                    | resolution must be at least 14, got 1
                    {"extrinsics":[]}                    | number of extrinsics must be at least 1, got 0
                    {"export_format":"feat_vis"}         | number of feature layers for feat_vis
                    {"independent":true,"infer_gs":true} | format of independent images must be one of mini_npz, npz
                    {"independent":true,"export_format":"glb"} | format of independent images must be one of mini_npz, npz
                    {"extrinsics":[null,null],"intrinsics":[[[1,0,0],[0,1,0],[0,0,1]]]} | number of intrinsics must be 2
                    {"extrinsics":[[[2,0,0,0],[0,2,0,0],[0,0,2,0]]]} | extrinsics[0] must be a rigid motion
                    """)
    void namesInvalidValues(String json, String sentence) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(IllegalArgumentException.class)
                .isNotInstanceOf(MalformedFieldException.class)
                .hasMessageStartingWith(sentence);
    }

    private static TaskOptions read(String json) throws JsonProcessingException {
        ObjectNode node = (ObjectNode) new ObjectMapper().readTree(json);
        return OptionsJson.read(new JsonFields(node, OptionsJson.names()));
    }
}
