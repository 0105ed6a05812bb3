package da3.geometry.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.image.PixelMask;
import da3.geometry.lens.BrownConrady;
import da3.geometry.math.Mat3;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RigTest {

    private static final Rig RIG = Rigs.surround(4, 1);
    private static final Pose INSTANT = new Pose(new Quaternion(0.1, 0.2, -0.3, 1).toMatrix(), new Vec3(5, -2, 1));

    @Test
    void camerasFollowTheRig() {
        List<Pose> poses = RIG.poses(INSTANT);
        for (int c = 0; c < RIG.size(); c++) {
            Vec3 center = INSTANT.inverse().transform(RIG.centers().get(c));
            assertThat(poses.get(c).cameraCenter().minus(center).norm()).isLessThan(1e-12);
        }
        assertThat(RIG.baseline()).isCloseTo(2, within(1e-12));
        assertThat(RIG.scaled(3).baseline()).isCloseTo(6, within(1e-12));
    }

    @Test
    void theFrameOfTheRigIsFree() {
        Rig ofCamera = RIG.inFrame(RIG.camera("camera2").sensorFromRig());
        assertThat(ofCamera.camera("camera2").sensorFromRig().translation().norm())
                .isLessThan(1e-12);
        Pose expected = RIG.cameras()
                .get(0)
                .sensorFromRig()
                .compose(RIG.cameras().get(2).sensorFromRig().inverse());
        Pose actual = ofCamera.cameras().get(0).sensorFromRig();
        assertThat(actual.translation().minus(expected.translation()).norm()).isLessThan(1e-12);
    }

    @Test
    void namesAreUniqueAndKnown() {
        RigCamera camera = RIG.cameras().get(0);
        assertThatThrownBy(() -> new Rig(List.of(camera, camera)))
                .hasMessage("name of a camera must be unique in its rig, got camera0 twice");
        assertThatThrownBy(() -> RIG.camera("roof"))
                .hasMessage("camera of the rig must be one of camera0, camera1, camera2, camera3, got roof");
    }

    @Test
    void resizedImagesAreRectifiedAndOthersRejected() {
        RigCamera camera = RIG.cameras().get(0);
        assertThat(camera.rectification(128, 96).intrinsics()).isEqualTo(new Intrinsics(80, 80, 64, 48));
        assertThatThrownBy(() -> camera.rectification(64, 64))
                .hasMessage("size of images of camera camera0 must be 64x48 or resized, got 64x64");
    }

    /** The lower rows show the vehicle; a barrel distortion moves their border. */
    @Test
    void masksAreUndistortedWithTheirImages() {
        BitSet lower = new BitSet();
        lower.set(64 * 36, 64 * 48);
        RigCamera camera = new RigCamera(
                "front",
                Pose.IDENTITY,
                new BrownConrady(new Intrinsics(40, 40, 32, 24), -0.2, 0, 0, 0, 0, 0, 0, 0),
                Optional.empty(),
                Optional.of(new PixelMask(64, 48, lower)));
        Rectification rectification = camera.rectification(64, 48);
        PixelMask mask = rectification.mask().orElseThrow();
        assertThat(mask.width()).isEqualTo(rectification.undistortion().width());
        int below = mask.ignored().cardinality();
        assertThat(below).isBetween(mask.width(), mask.width() * mask.height() / 3);
        assertThatThrownBy(() -> camera.rectification(128, 96))
                .hasMessage("size of the mask of camera front must be 128x96 as its images, got 64x48");
    }

    @Test
    void invertedPosesOfLevelCamerasAreNoticed() {
        assertThat(RigCheck.warnings(RIG)).isEmpty();
        Rig inverted =
                RIG.mapped(camera -> camera.withPose(camera.sensorFromRig().inverse()));
        assertThat(RigCheck.warnings(inverted)).singleElement().asString().contains("seem to be camera-to-rig");
        Rig oneCenter = RIG.mapped(
                camera -> camera.withPose(new Pose(camera.sensorFromRig().rotation(), Vec3.ZERO)));
        assertThat(RigCheck.warnings(oneCenter)).singleElement().asString().contains("determines no scale");
        assertThat(RigCheck.warnings(
                        new Rig(List.of(RIG.cameras().get(0).withPose(new Pose(Mat3.IDENTITY, Vec3.ZERO))))))
                .hasSize(1);
    }
}
