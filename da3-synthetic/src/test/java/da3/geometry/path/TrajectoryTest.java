package da3.geometry.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.math.Mat3;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import da3.synthetic.Arc;
import da3.synthetic.CameraRig;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrajectoryTest {

    private static final Vec3 TARGET = new Vec3(0.5, 0.2, -1);
    private static final Intrinsics LENS = CameraRig.lens(64, 48, 1);

    private final List<Camera> views = arc(5, 0.2);

    @ParameterizedTest
    @EnumSource(Trajectory.class)
    void everyFrameHasAValidCamera(Trajectory trajectory) {
        for (Camera frame : trajectory.through(views)) {
            frame.pose().requireRigid("frame");
            frame.intrinsics().requireValid("frame");
            Mat3 r = frame.pose().rotation();
            assertThat(r.times(r.transpose()).m01()).isCloseTo(0, within(1e-9));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "original, 5, 5",
        "smooth, 5, 5",
        "interpolate, 2, 48",
        "interpolate, 7, 43",
        "interpolate, 60, 178",
        "interpolate, 200, 200",
        "interpolate_smooth, 8, 50",
        "extend, 3, 121",
        "wander, 1, 122",
        "dolly_zoom, 1, 120",
        "wobble_inter, 9, 59"
    })
    void hasAsManyFramesAsTheReference(String id, int views, int frames) {
        assertThat(Trajectory.of(id).through(arc(views, 0)).size()).isEqualTo(frames);
    }

    @Test
    void interpolatedCamerasLookAtTheCommonTarget() {
        List<Camera> ends = arc(2, 0);
        List<Camera> way = Trajectory.INTERPOLATE.through(ends);
        assertThat(distance(way.get(0), ends.get(0))).isLessThan(1e-9);
        assertThat(distance(way.get(47), ends.get(1))).isLessThan(1e-9);
        for (Camera camera : way) {
            Vec3 seen = camera.pose().transform(TARGET);
            assertThat(Math.hypot(seen.x(), seen.y())).isLessThan(1e-9);
            assertThat(seen.z()).isCloseTo(ends.get(0).pose().transform(TARGET).z(), within(1e-9));
        }
    }

    @Test
    void parallelCamerasTranslateOnly() {
        Pose start = views.get(0).pose();
        Camera aside = new Camera(start.withTranslation(start.translation().plus(new Vec3(1, 2, 3))), LENS);
        List<Camera> way = Trajectory.INTERPOLATE.through(List.of(views.get(0), aside));
        for (Camera camera : way) {
            Vec3 moved = camera.pose().translation().minus(start.translation());
            assertThat(moved.cross(new Vec3(1, 2, 3)).norm()).isLessThan(1e-6);
        }
    }

    /** This holds also for nearly parallel cameras, whose directions hardly span a plane. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-9, 1e-3, 0.1, 0.8, 0.82, 179.5, 180})
    void interpolationEndsAtTheSecondPose(double degrees) {
        double half = Math.toRadians(degrees) / 2;
        Mat3 turn = new Quaternion(0, Math.sin(half), 0, Math.cos(half)).toMatrix();
        Pose from = Pose.IDENTITY;
        Pose to = new Pose(turn, new Vec3(0.1, 0.2, -0.3));
        PivotInterpolation way = new PivotInterpolation(from, to);
        assertThat(distance(new Camera(way.at(0), LENS), new Camera(from, LENS)))
                .isLessThan(1e-6);
        assertThat(distance(new Camera(way.at(1), LENS), new Camera(to, LENS))).isLessThan(1e-6);
    }

    @Test
    void camerasWhoseAveragedAxesCancelOutKeepTheirRotation() {
        Pose back = new Pose(new Quaternion(0, 1, 0, 0).toMatrix(), Vec3.ZERO);
        List<Pose> poses = List.of(Pose.IDENTITY, back, Pose.IDENTITY);
        List<Pose> smooth = PoseSmoothing.RIGID.smooth(poses, 3);
        for (int i = 0; i < 3; i++) {
            assertThat(smooth.get(i).requireRigid("smooth").rotation())
                    .isEqualTo(poses.get(i).rotation());
        }
    }

    @Test
    void rejectsLoopsOfOneFrame() {
        assertThatThrownBy(() -> WanderPath.of(1)).hasMessage("frames of a wander must be at least 2, got 1");
        assertThatThrownBy(() -> DollyZoomPath.small(0)).hasMessage("frames of a dolly zoom must be at least 2, got 0");
    }

    /** One of the four pairs spans half a turn, where angles wrap around. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.25, 0.5, 0.75})
    void rollTakesTheShorterArc(double turns) {
        Pose from = rolled(2 * Math.PI * turns - 0.8, arc(5, 0.2).get(0).pose());
        Pose to = rolled(2 * Math.PI * turns + 0.8, arc(5, 0.2).get(1).pose());
        Vec3 middle = new PivotInterpolation(from, to).at(0.5).rotation().column(0);
        assertThat(middle.dot(from.rotation().column(0))).isGreaterThan(0.5);
        assertThat(middle.dot(to.rotation().column(0))).isGreaterThan(0.5);
    }

    private static Pose rolled(double angle, Pose pose) {
        Mat3 roll = new Quaternion(0, 0, Math.sin(angle / 2), Math.cos(angle / 2)).toMatrix();
        return new Pose(roll, Vec3.ZERO).compose(pose).inverse();
    }

    @Test
    void smoothingRemovesShake() {
        List<Camera> shaky = arc(40, 0.2);
        assertThat(shake(Trajectory.SMOOTH.through(shaky))).isLessThan(0.2 * shake(shaky));
    }

    @Test
    void aWanderEndsAtItsStart() {
        List<Camera> way = Trajectory.WANDER.through(views.subList(0, 1));
        assertThat(way.get(0)).isEqualTo(views.get(0));
        assertThat(way.get(121)).isEqualTo(views.get(0));
        Vec3 center = views.get(0).pose().cameraCenter();
        double widest = way.stream()
                .mapToDouble(c -> c.pose().cameraCenter().minus(center).norm())
                .max()
                .orElseThrow();
        assertThat(widest).isCloseTo(24 / LENS.fx(), within(0.001));
    }

    @Test
    void rejectsTooFewViewsAndInvalidCameras() {
        assertThatThrownBy(() -> Trajectory.EXTEND.through(views.subList(0, 1)))
                .hasMessage("number of views for path extend must be at least 2"
                        + " (1 is enough for wander and dolly_zoom), got 1");
        assertThatThrownBy(() -> Trajectory.WOBBLE_INTER.through(views.subList(0, 3)))
                .hasMessageStartingWith("number of views for path wobble_inter must be at least 4");
        assertThatThrownBy(() -> Trajectory.WANDER.through(List.of()))
                .hasMessage("number of views for path wander must be at least 1, got 0");
        Camera broken = new Camera(new Pose(Mat3.IDENTITY, new Vec3(0, Double.NaN, 0)), LENS);
        assertThatThrownBy(() -> Trajectory.SMOOTH.through(Collections.nCopies(3, broken)))
                .hasMessageContaining("pose 0 must be finite");
        assertThatThrownBy(() -> Trajectory.of("spiral")).hasMessageContaining("path must be one of original, ");
    }

    private static List<Camera> arc(int count, double jitter) {
        return new Arc(TARGET, 3, 0.8, -0.5, 0.6, count, jitter, 11).cameras(LENS);
    }

    private static double distance(Camera a, Camera b) {
        double[] x = a.pose().toMatrix3x4();
        double[] y = b.pose().toMatrix3x4();
        double largest = 0;
        for (int i = 0; i < 12; i++) {
            largest = Math.max(largest, Math.abs(x[i] - y[i]));
        }
        return largest;
    }

    /** Returns the mean second difference of the camera centers. */
    private static double shake(List<Camera> cameras) {
        double sum = 0;
        for (int i = 1; i < cameras.size() - 1; i++) {
            sum += cameras.get(i - 1)
                    .pose()
                    .cameraCenter()
                    .plus(cameras.get(i + 1).pose().cameraCenter())
                    .minus(cameras.get(i).pose().cameraCenter().times(2))
                    .norm();
        }
        return sum / (cameras.size() - 2);
    }
}
