package da3.io.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.math.Vec3;
import da3.geometry.rig.RigCamera;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two samples of one scene, in tables that contain another scene and other vehicles. */
class NuScenesSceneTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void writeTables() throws IOException {
        write(
                "scene",
                "[{'token': 's1', 'name': 'scene-0061', 'first_sample_token': 'a'},"
                        + "{'token': 's2', 'name': 'scene-0103', 'first_sample_token': 'c'}]");
        write("sample", "[{'token': 'b', 'next': ''}, {'token': 'a', 'next': 'b'}, {'token': 'c', 'next': ''}]");
        write(
                "sensor",
                "[{'token': 'front', 'channel': 'CAM_FRONT', 'modality': 'camera'},"
                        + "{'token': 'back', 'channel': 'CAM_BACK', 'modality': 'camera'}]");
        write(
                "calibrated_sensor",
                "[" + calibration("f1", "front", 1.7) + "," + calibration("k1", "back", 0.1) + ","
                        + calibration("f2", "front", 2.5) + "]");
        write(
                "sample_data",
                "[" + data("a", "f1", "p1") + "," + data("a", "k1", "p2") + "," + data("b", "k1", "p4") + ","
                        + data("b", "f1", "p3") + "," + data("c", "f2", "p1") + "]");
        write(
                "ego_pose",
                "[" + pose("p1", 10) + "," + pose("p2", 10.3) + "," + pose("p3", 14) + "," + pose("p4", 14.2) + "]");
    }

    private static String calibration(String token, String sensor, double x) {
        return "{'token': '" + token + "', 'sensor_token': '" + sensor + "', 'translation': [" + x + ", 0, 1.5],"
                + " 'rotation': [0.5, -0.5, 0.5, -0.5],"
                + " 'camera_intrinsic': [[1266, 0, 816], [0, 1266, 491], [0, 0, 1]]}";
    }

    private static String data(String sample, String calibration, String pose) {
        return "{'sample_token': '" + sample + "', 'calibrated_sensor_token': '" + calibration
                + "', 'ego_pose_token': '" + pose + "', 'filename': 'samples/" + sample + calibration
                + ".jpg', 'is_key_frame': true, 'width': 1600, 'height': 900}";
    }

    private static String pose(String token, double x) {
        return "{'token': '" + token + "', 'rotation': [1, 0, 0, 0], 'translation': [" + x + ", 5, 0]}";
    }

    private void write(String table, String json) throws IOException {
        Files.writeString(folder.resolve(table + ".json"), json.replace('\'', '"'));
    }

    @Test
    void samplesHaveImagesAndPoses() throws IOException {
        NuScenesScene scene = NuScenesScene.read(folder, Path.of("data"), "scene-0061");
        assertThat(scene.rig().cameras()).extracting(RigCamera::name).containsExactly("CAM_FRONT", "CAM_BACK");
        assertThat(scene.rig().camera("CAM_FRONT").size()).contains(new RigCamera.Size(1600, 900));
        assertThat(scene.rig()
                        .camera("CAM_FRONT")
                        .sensorFromRig()
                        .cameraCenter()
                        .x())
                .isCloseTo(1.7, within(1e-12));
        assertThat(scene.instants()).hasSize(2);
        assertThat(scene.instants().get(1).files())
                .containsExactly(Path.of("data/samples/bf1.jpg"), Path.of("data/samples/bk1.jpg"));
        Vec3 second = scene.rigFromWorld().get(1).cameraCenter(); // when the front camera was exposed
        assertThat(second).isEqualTo(new Vec3(14, 5, 0));
    }

    @Test
    void errorsNameTheTable() throws IOException {
        assertThatThrownBy(() -> NuScenesScene.read(folder, folder, "scene-7"))
                .hasMessageEndingWith("scene.json: name of a scene must be one of scene-0061, scene-0103, got scene-7");
        assertThatThrownBy(() -> RigFormat.NUSCENES.read(folder))
                .hasMessageContaining("camera CAM_FRONT has several calibrations: choose a scene (--scene)");
        write("sample_data", "[" + data("a", "f1", "p1") + "," + data("b", "k1", "p4") + "]");
        assertThatThrownBy(() -> NuScenesScene.read(folder, folder, "scene-0061"))
                .hasMessageContaining("sample a has no image of CAM_BACK");
    }
}
