package da3.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Camera;
import da3.geometry.Pose;
import da3.geometry.math.Mat3;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import da3.geometry.metrics.TrajectoryError;
import da3.streaming.frame.GivenPoses;
import da3.streaming.prior.Odometry;
import da3.streaming.prior.Odometry.Motion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OdometryTest {

    private static final StreamingOptions OPTIONS =
            StreamingOptions.defaults().withWindow(10, 3).withLoops(LoopMethod.OFF);

    private static final Oracle ORACLE = Oracle.circle(60).withNoise(0.05, 0.02);

    /** Standard deviations of a motion between consecutive frames, in meters and degrees. */
    private static final double TRANSLATION = 0.01;

    private static final double ROTATION = 0.2;

    @TempDir
    private Path folder;

    /** Odometry corrects the drift of windows and gives the map its scale. */
    @Test
    void odometryCorrectsDrift() throws IOException {
        List<Motion> motions = noisyMotions();
        double deadReckoning = error(chained(motions));
        double windowsAlone;
        try (StreamingMap map = StreamingMap.open(folder, ORACLE, OPTIONS)) {
            map.run(ORACLE.source(), StreamingListener.SILENT);
            windowsAlone = error(map.cameras());
            assertThat(map.measurements().odometry()).isEmpty();
        }
        // The same store; odometry changes only what is derived from it.
        try (StreamingMap map = StreamingMap.open(folder, ORACLE, OPTIONS.withOdometry(Odometry.of(motions)))) {
            assertThat(map.measurements().odometry()).hasSize(59);
            assertThat(error(map.cameras()))
                    .as("%s windows alone, %s odometry alone", windowsAlone, deadReckoning)
                    .isLessThan(0.9 * Math.min(windowsAlone, deadReckoning));
            double ratio = distance(map.cameras()) / distance(ORACLE.cameras());
            assertThat(ratio).isCloseTo(1, within(0.1));
        }
    }

    private static double distance(List<Camera> cameras) {
        return cameras.get(30)
                .pose()
                .cameraCenter()
                .minus(cameras.get(0).pose().cameraCenter())
                .norm();
    }

    private static double error(List<Camera> cameras) {
        return TrajectoryError.of(cameras, ORACLE.cameras()).orElseThrow().absolute();
    }

    private static List<Motion> noisyMotions() {
        Random random = new Random(5);
        List<Motion> motions = new ArrayList<>();
        for (int i = 1; i < 60; i++) {
            Pose before = ORACLE.cameras().get(i - 1).pose();
            Pose motion = before.compose(ORACLE.cameras().get(i).pose().inverse());
            Vec3 half = gaussian(random).times(Math.toRadians(ROTATION) / 2);
            Mat3 turn = new Quaternion(half.x(), half.y(), half.z(), 1).toMatrix();
            Pose noisy = motion.compose(new Pose(turn, gaussian(random).times(TRANSLATION)));
            motions.add(new Motion(0.1 * (i - 1), 0.1 * i, noisy, TRANSLATION, ROTATION));
        }
        return motions;
    }

    private static Vec3 gaussian(Random random) {
        return new Vec3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian());
    }

    private static List<Camera> chained(List<Motion> motions) {
        List<Camera> cameras = new ArrayList<>(List.of(ORACLE.cameras().get(0)));
        for (Motion motion : motions) {
            Pose last = cameras.get(cameras.size() - 1).pose();
            cameras.add(new Camera(
                    motion.motion().inverse().compose(last), cameras.get(0).intrinsics()));
        }
        return cameras;
    }

    @Test
    void motionsFromAFile() throws IOException {
        Path file =
                Files.writeString(folder.resolve("motions"), "# from to t q sigmas\n0 0.1 1 2 3 0 0 0 1 0.02 0.5\n");
        Odometry odometry = Odometry.read(file);
        assertThat(odometry.size()).isEqualTo(1);
        Odometry.Placed placed = odometry.place(new double[] {0.01, 0.12, 0.9}).get(0);
        assertThat(placed.from()).isZero();
        assertThat(placed.to()).isEqualTo(1);
        assertThat(placed.motion().motion().translation()).isEqualTo(new Vec3(1, 2, 3));
        assertThat(placed.motion().rotationSigma()).isEqualTo(0.5);
        assertThat(odometry.place(new double[] {5, 6})).isEmpty();
        assertThat(odometry.place(new double[] {0.05})).isEmpty();
        Files.writeString(file, "0 0.1 1 2 3 0 0 0 1 0 0.5");
        assertThatThrownBy(() -> Odometry.read(file))
                .hasMessage("line 1 of " + file + " is not a motion: standard deviation of translations must be from"
                        + " 0.000001 to 1000000, got 0.0");
        Files.writeString(file, "0 0.1");
        assertThatThrownBy(() -> Odometry.read(file)).hasMessageContaining("fields of line 1 of " + file);
        Files.writeString(file, "0 0.1 1 2 3 0 0 0 0 1 1");
        assertThatThrownBy(() -> Odometry.read(file)).hasMessageContaining("length of a quaternion");
        Files.writeString(file, "");
        assertThatThrownBy(() -> Odometry.read(file)).hasMessage(file + " contains no motions");
    }

    @Test
    void odometryExcludesGivenPoses() throws IOException {
        GivenPoses poses = GivenPoses.of(Map.of(0L, Pose.IDENTITY));
        StreamingOptions options = OPTIONS.withOdometry(Odometry.of(noisyMotions()));
        try (StreamingMap map = StreamingMap.open(folder, ORACLE, options)) {
            assertThatThrownBy(() -> map.run(ORACLE.source().posed(poses), StreamingListener.SILENT))
                    .hasMessage("odometry cannot be combined with given poses");
        }
    }
}
