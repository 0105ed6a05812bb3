package da3.geometry.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.Sim3;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TrajectoryErrorTest {

    /** Cameras at the corners of a square of side 2, without rotation. */
    private static final List<Camera> SQUARE = cameras(0);

    private static List<Camera> cameras(double saddle) {
        return Stream.of(
                        new Vec3(1, 1, saddle),
                        new Vec3(-1, 1, -saddle),
                        new Vec3(-1, -1, saddle),
                        new Vec3(1, -1, -saddle))
                .map(center -> camera(new Pose(Mat3.IDENTITY, center.times(-1))))
                .toList();
    }

    private static Camera camera(Pose pose) {
        return new Camera(pose, new Intrinsics(1, 1, 0, 0));
    }

    private static Mat3 turn(double degrees) {
        double a = Math.toRadians(degrees);
        return new Mat3(1, 0, 0, 0, Math.cos(a), -Math.sin(a), 0, Math.sin(a), Math.cos(a));
    }

    private static void assertErrors(List<Camera> predicted, double absolute, double translation, double rotation) {
        TrajectoryError error = TrajectoryError.of(predicted, SQUARE).orElseThrow();
        assertThat(error.absolute()).isCloseTo(absolute, within(1e-9));
        assertThat(error.relativeTranslation()).isCloseTo(translation, within(1e-9));
        assertThat(error.relativeRotation()).isCloseTo(rotation, within(1e-6));
    }

    @Test
    void aSimilarityIsNoError() {
        Sim3 moved = new Sim3(3, turn(50), new Vec3(1, 2, 3));
        assertErrors(
                SQUARE.stream()
                        .map(camera -> camera(moved.applyToPose(camera.pose())))
                        .toList(),
                0,
                0,
                0);
    }

    @Test
    void camerasThatNeverMoveMissTheSpreadAndEveryStep() {
        assertErrors(SQUARE.stream().map(camera -> camera(Pose.IDENTITY)).toList(), Math.sqrt(2), 2, 0);
    }

    @Test
    void aTurnedCameraIsOffByItsTurn() {
        List<Camera> turned = new ArrayList<>(SQUARE);
        turned.set(3, camera(new Pose(turn(2), Vec3.ZERO).compose(SQUARE.get(3).pose())));
        assertErrors(turned, 0, 0, Math.sqrt(4 / 3.0)); // of three steps, one is wrong
    }

    /** Centers one above and one below the square: the best scale is 2 / 3, without any rotation. */
    @Test
    void centersAreAlignedInTheLeastSquaresSense() {
        // corners move by 1/3 each way and by 2/3 up or down; steps of 4/3 in place of 2 go up or down by 4/3
        assertErrors(cameras(1), Math.sqrt(2 / 3.0), Math.sqrt(4 / 9.0 + 16 / 9.0), 0);
    }

    @Test
    void fewCamerasHaveNoTrajectory() {
        assertThat(TrajectoryError.of(SQUARE.subList(0, 2), SQUARE.subList(0, 2)))
                .isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrajectoryError.of(SQUARE.subList(0, 3), SQUARE))
                .withMessage("number of predicted cameras must be that of the true ones, 4, got 3");
    }
}
