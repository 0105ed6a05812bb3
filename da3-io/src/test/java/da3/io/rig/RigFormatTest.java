package da3.io.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.lens.BrownConrady;
import da3.geometry.lens.CameraModel;
import da3.geometry.lens.Fisheye;
import da3.geometry.lens.Fov;
import da3.geometry.lens.Pinhole;
import da3.geometry.math.Mat3;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import da3.geometry.rig.Rig;
import da3.geometry.rig.RigCamera;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RigFormatTest {

    private static final CameraModel PINHOLE = new Pinhole(new Intrinsics(700, 710, 320.5, 240.25));
    private static final Optional<RigCamera.Size> SIZE = Optional.of(new RigCamera.Size(640, 480));

    /** Parallel cameras without distortion, which every format can represent. */
    private static final Rig PARALLEL = new Rig(List.of(
            new RigCamera("image_0", Pose.IDENTITY, PINHOLE, SIZE),
            new RigCamera("image_1", new Pose(Mat3.IDENTITY, new Vec3(-0.54, 0.01, 0.02)), PINHOLE, SIZE)));

    private static final Rig SURROUND = new Rig(List.of(
            new RigCamera("back", Pose.IDENTITY, PINHOLE, SIZE),
            new RigCamera("front", pose(0, 1, 0, 0.1, new Vec3(0.5, 0.2, -1.5)), PINHOLE, SIZE),
            new RigCamera("left", pose(0.1, 0.6, -0.1, 1, new Vec3(1, -0.2, 0.3)), PINHOLE, SIZE)));

    @TempDir
    private Path folder;

    private static Pose pose(double x, double y, double z, double w, Vec3 translation) {
        return new Pose(new Quaternion(x, y, z, w).toMatrix(), translation);
    }

    @ParameterizedTest
    @EnumSource(RigFormat.class)
    void everyFormatHasTheSameRig(RigFormat format) throws IOException {
        assertRoundTrip(format, PARALLEL);
    }

    @ParameterizedTest
    @EnumSource(value = RigFormat.class, mode = EnumSource.Mode.EXCLUDE, names = "KITTI")
    void camerasCanLookInAllDirections(RigFormat format) throws IOException {
        assertRoundTrip(format, SURROUND);
        if (format != RigFormat.COLMAP) { // whose reference sensor is the frame of the rig
            assertRoundTrip(format, SURROUND.inFrame(pose(0.5, -0.5, 0.5, 0.5, new Vec3(0, 1, 2))));
        }
    }

    static Stream<CameraModel> lenses() {
        Intrinsics k = new Intrinsics(700, 710, 320.5, 240.25);
        return Stream.of(
                new BrownConrady(k, -0.1, 0.02, 0.001, -0.002, 0, 0, 0, 0),
                new BrownConrady(k, -0.1, 0.02, 0.001, -0.002, 0.01, 0, 0, 0),
                new BrownConrady(k, -0.1, 0.02, 0.001, -0.002, 0.01, 0.3, 0.2, 0.1),
                new Fisheye(k, 0.1, 0.02, 0.003, -0.004, 0, 0, 0, 0),
                new Fisheye(k, 0.1, 0.02, 0.003, -0.004, 0.01, 0.02, 0.03, 0.04),
                new Fov(k, 0.9));
    }

    /** A format either keeps a lens or says which lenses it can represent. */
    @ParameterizedTest
    @MethodSource("lenses")
    void lensesAreKeptOrRejected(CameraModel lens) throws IOException {
        Rig rig = new Rig(List.of(new RigCamera("image_0", Pose.IDENTITY, lens, SIZE)));
        for (RigFormat format : RigFormat.values()) {
            boolean representable =
                    switch (format) {
                        case COLMAP -> true;
                        case KALIBR -> lens instanceof Fov || coefficients(lens) == 4;
                        case ROS -> !(lens instanceof Fov) && !(lens instanceof Fisheye && coefficients(lens) == 8);
                        case NUSCENES, KITTI -> false;
                    };
            if (representable) {
                assertRoundTrip(format, rig);
            } else {
                assertThatThrownBy(() -> format.write(rig, folder.resolve("rejected")))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith("lens of camera image_0 in ");
            }
        }
    }

    private static int coefficients(CameraModel lens) {
        if (lens instanceof Fisheye f) {
            return f.sx1() == 0 ? 4 : 8;
        }
        return lens instanceof BrownConrady b && b.k3() == 0 ? 4 : 8;
    }

    private void assertRoundTrip(RigFormat format, Rig rig) throws IOException {
        String end =
                switch (format) {
                    case COLMAP -> ".json";
                    case KALIBR -> ".yaml";
                    case KITTI -> ".txt";
                    case NUSCENES, ROS -> "";
                };
        Path path = Files.createTempDirectory(folder, "rig").resolve("calibration" + end);
        format.write(rig, path);
        assertThat(RigFormat.detect(path)).isEqualTo(format);
        boolean sized = format != RigFormat.COLMAP && format != RigFormat.NUSCENES;
        assertSame(format.read(path), rig, sized);
    }

    private static void assertSame(Rig actual, Rig expected, boolean sized) {
        assertThat(actual.size()).isEqualTo(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            RigCamera a = actual.cameras().get(i);
            RigCamera b = expected.cameras().get(i);
            assertThat(a.name()).isEqualTo(b.name());
            assertThat(a.size()).isEqualTo(sized ? b.size() : Optional.empty());
            assertThat(a.lens())
                    .usingRecursiveComparison()
                    .withComparatorForType((x, y) -> Math.abs(x - y) < 1e-9 ? 0 : Double.compare(x, y), Double.class)
                    .isEqualTo(b.lens());
            assertThat(a.sensorFromRig().toMatrix3x4())
                    .containsExactly(b.sensorFromRig().toMatrix3x4(), within(1e-12));
        }
    }

    /** Names with prefixes, as in COLMAP, would be paths outside the folder. */
    @Test
    void rosRejectsNamesThatArePaths() {
        Path target = folder.resolve("ros");
        for (String name : List.of("../outside", "rig/front", "rig\\front")) {
            Rig rig = new Rig(List.of(new RigCamera(name, Pose.IDENTITY, PINHOLE, SIZE)));
            assertThatThrownBy(() -> RigFormat.ROS.write(rig, target))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("name of a camera in the format of ROS must be without '/' and '\\', got " + name);
        }
        assertThat(folder).isEmptyDirectory();
    }

    /** Files as the programs write them; the motions of Kalibr's cameras are a chain. */
    @Test
    void kalibrChainsItsCameras() throws IOException {
        Path file = write(
                "camchain.yaml",
                """
                cam0:
                  camera_model: pinhole
                  distortion_coeffs: [-0.28, 0.07, 0.0002, 0.00002]
                  distortion_model: radtan
                  intrinsics: [458.6, 457.3, 367.2, 248.4]
                  resolution: [752, 480]
                  rostopic: /cam0/image_raw
                cam1:
                  T_cn_cnm1:
                  - [1.0, 0.0, 0.0, -0.1]
                  - [0.0, 1.0, 0.0, 0.0]
                  - [0.0, 0.0, 1.0, 0.0]
                  - [0.0, 0.0, 0.0, 1.0]
                  camera_model: pinhole
                  distortion_coeffs: [-0.01, 0.02, -0.003, 0.001]
                  distortion_model: equidistant
                  intrinsics: [458.6, 457.3, 367.2, 248.4]
                  resolution: [752, 480]
                  rostopic: /cam1/image_raw
                cam2:
                  T_cn_cnm1:
                  - [1.0, 0.0, 0.0, -0.2]
                  - [0.0, 1.0, 0.0, 0.0]
                  - [0.0, 0.0, 1.0, 0.0]
                  - [0.0, 0.0, 0.0, 1.0]
                  camera_model: pinhole
                  distortion_model: none
                  intrinsics: [458.6, 457.3, 367.2, 248.4]
                  resolution: [752, 480]
                """);
        Rig rig = RigFormat.KALIBR.read(file);
        assertThat(rig.camera("cam2").sensorFromRig().translation().x()).isCloseTo(-0.3, within(1e-12));
        assertThat(rig.camera("cam0").lens().intrinsics().cx()).isCloseTo(367.7, within(1e-9));
        assertThat(rig.camera("cam1").lens()).isInstanceOf(Fisheye.class);
        String broken = Files.readString(file).replace("radtan", "spline");
        assertThatThrownBy(() -> RigFormat.KALIBR.read(write("broken.yaml", broken)))
                .hasMessageContaining("distortion_model must be none, radtan, equidistant or fov, got spline");
        String five = Files.readString(file).replace("-0.003, 0.001]", "-0.003, 0.001, 0]");
        assertThatThrownBy(() -> RigFormat.KALIBR.read(write("five.yaml", five)))
                .hasMessageEndingWith("number of values of cam1.distortion_coeffs must be 4, got 5");
        String half = Files.readString(file).replaceFirst("752", "751.5");
        assertThatThrownBy(() -> RigFormat.KALIBR.read(write("half.yaml", half)))
                .hasMessageEndingWith("image size of camera cam0 must be whole numbers, got 751.5 x 480.0");
    }

    @Test
    void kittiBaselinesAreDividedByTheFocalLength() throws IOException {
        Path file = write(
                "calib.txt",
                """
                P0: 718.856 0 607.1928 0 0 718.856 185.2157 0 0 0 1 0
                P1: 718.856 0 607.1928 -386.1448 0 718.856 185.2157 0 0 0 1 0
                Tr: 0 -1 0 0 0 0 -1 -0.08 1 0 0 -0.27
                """);
        Rig rig = RigFormat.KITTI.read(file);
        assertThat(rig.camera("image_1").sensorFromRig().cameraCenter().x()).isCloseTo(0.53716, within(1e-5));
        assertThat(rig.camera("image_0").lens().intrinsics().cx()).isCloseTo(607.6928, within(1e-9));
        String size = Files.readString(file) + "S_rect_1: ";
        assertThat(RigFormat.KITTI
                        .read(write("sized.txt", size + "1.242e+03 3.75e+02"))
                        .camera("image_1")
                        .size())
                .contains(new RigCamera.Size(1242, 375));
        assertThatThrownBy(() -> RigFormat.KITTI.read(write("half.txt", size + "1242 375.5")))
                .hasMessageEndingWith("image size of camera image_1 must be whole numbers, got 1242.0 x 375.5");
    }

    /** nuScenes has poses of cameras in the vehicle, with x forward, y left and z up. */
    @Test
    void nuScenesPosesAreCameraToVehicle() throws IOException {
        write(
                "sensor.json",
                """
                [{"token": "s1", "channel": "CAM_FRONT", "modality": "camera"},
                 {"token": "s2", "channel": "LIDAR_TOP", "modality": "lidar"}]
                """);
        write(
                "calibrated_sensor.json",
                """
                [{"token": "c1", "sensor_token": "s1", "translation": [1.7, 0.016, 1.51],
                  "rotation": [0.5, -0.5, 0.5, -0.5],
                  "camera_intrinsic": [[1266.4, 0, 816.3], [0, 1266.4, 491.5], [0, 0, 1]]},
                 {"token": "c2", "sensor_token": "s2", "translation": [0, 0, 2], "rotation": [1, 0, 0, 0],
                  "camera_intrinsic": []}]
                """);
        Rig rig = RigFormat.detect(folder).read(folder);
        assertThat(rig.size()).isEqualTo(1);
        Pose pose = rig.camera("CAM_FRONT").sensorFromRig();
        assertThat(pose.cameraCenter().x()).isCloseTo(1.7, within(1e-12));
        Vec3 ahead = pose.transform(new Vec3(11.7, 0.016, 1.51)); // ten meters in front of the camera
        assertThat(ahead.minus(new Vec3(0, 0, 10)).norm()).isLessThan(1e-9);
    }

    @Test
    void rosTransformsAreATree() throws IOException {
        write(
                "tf_static.yaml",
                """
                transforms:
                - header: {frame_id: base_link}
                  child_frame_id: mount
                  transform:
                    translation: {x: 1.0, y: 0.0, z: 1.5}
                    rotation: {x: 0.0, y: 0.0, z: 0.0, w: 1.0}
                - header: {frame_id: mount}
                  child_frame_id: front_optical_frame
                  transform:
                    translation: {x: 0.2, y: 0.0, z: 0.0}
                    rotation: {x: -0.5, y: 0.5, z: -0.5, w: 0.5}
                ---
                """);
        write(
                "front.yaml",
                """
                image_width: 640
                image_height: 480
                camera_name: front
                camera_matrix: {rows: 3, cols: 3, data: [400.0, 0.0, 319.5, 0.0, 400.0, 239.5, 0.0, 0.0, 1.0]}
                distortion_model: plumb_bob
                distortion_coefficients: {rows: 1, cols: 5, data: [-0.2, 0.05, 0.0, 0.0, 0.0]}
                """);
        Rig rig = RigFormat.detect(folder).read(folder);
        Pose pose = rig.camera("front").sensorFromRig();
        assertThat(pose.transform(new Vec3(6.2, 0, 1.5))
                        .minus(new Vec3(0, 0, 5))
                        .norm())
                .isLessThan(1e-9);
        assertThat(rig.camera("front").lens().intrinsics()).isEqualTo(new Intrinsics(400, 400, 320, 240));
        write("roof.yaml", Files.readString(folder.resolve("front.yaml")).replace("front", "roof"));
        assertThatThrownBy(() -> RigFormat.ROS.read(folder))
                .hasMessageContaining("no transform to roof, roof_optical_frame or roof_optical");
    }

    @Test
    void colmapErrorsNameFileAndField() throws IOException {
        String valid =
                """
                [{"cameras": [
                  {"image_prefix": "rig/front/", "ref_sensor": true,
                   "camera_model_name": "PINHOLE", "camera_params": [700, 700, 320, 240]},
                  {"image_prefix": "rig/back/", "cam_from_rig_rotation": [0, 0, 1, 0],
                   "cam_from_rig_translation": [0, 0, -2],
                   "camera_model_name": "SIMPLE_RADIAL", "camera_params": [700, 320, 240, 0.1]}]}]
                """;
        Rig rig = RigFormat.COLMAP.read(write("rig_config.json", valid));
        assertThat(rig.camera("rig/back").sensorFromRig().cameraCenter().z()).isCloseTo(-2, within(1e-12));
        assertThatThrownBy(() -> RigFormat.COLMAP.read(
                        write("a.json", valid.replace("\"cam_from_rig_translation\": [0, 0, -2],", ""))))
                .hasMessageEndingWith("a.json: 'cam_from_rig_translation' is missing in [0].cameras[1]");
        assertThatThrownBy(() -> RigFormat.COLMAP.read(write("b.json", valid.replace("[0, 0, 1, 0]", "[0, 0, 9, 0]"))))
                .hasMessageEndingWith("b.json: length of the quaternion of a rotation must be 1, got 9.0");
        assertThatThrownBy(() -> RigFormat.COLMAP.read(write("c.json", valid.substring(20))))
                .hasMessageContaining("c.json: ");
        assertThatThrownBy(() -> RigFormat.COLMAP.read(
                        write("d.json", valid.replace("\"ref_sensor\": true,", "\"ref_sensor\": false,"))))
                .isInstanceOf(IOException.class);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
