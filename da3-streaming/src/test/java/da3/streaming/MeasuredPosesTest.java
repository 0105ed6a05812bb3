package da3.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Pose;
import da3.geometry.Sim3;
import da3.geometry.math.Mat3;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import da3.geometry.metrics.Angles;
import da3.geometry.metrics.TrajectoryError;
import da3.streaming.frame.GivenPoses;
import da3.streaming.prior.Measurements;
import da3.streaming.prior.Odometry;
import da3.streaming.prior.PosePrior;
import da3.streaming.prior.PosePriors;
import da3.streaming.prior.PositionPrior;
import da3.streaming.prior.PositionPriors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuredPosesTest {

    private static final StreamingOptions OPTIONS =
            StreamingOptions.defaults().withWindow(10, 3).withLoops(LoopMethod.OFF);

    private static final int FRAMES = 60;

    private static final Oracle ORACLE = Oracle.circle(FRAMES).withNoise(0.05, 0.02);

    /** Standard deviations of measured poses in meters and degrees. */
    private static final double TRANSLATION = 0.02;

    private static final double ROTATION = 0.5;

    @TempDir
    private Path folder;

    /** Poses of every tenth frame correct the drift of windows, and give the map their world frame and unit. */
    @Test
    void posesOfSomeFramesCorrectDrift() throws IOException {
        run(folder);
        double windowsAlone;
        try (StreamingMap map = StreamingMap.open(folder, ORACLE, OPTIONS)) {
            assertThat(map.measurements().isEmpty()).isTrue();
            windowsAlone = TrajectoryError.of(map.cameras(), ORACLE.cameras())
                    .orElseThrow()
                    .absolute();
        }
        try (StreamingMap map = open(noisyPriors())) {
            assertThat(map.measurements().poses()).hasSize(6);
            assertThat(centerError(map)).as("%s alone", windowsAlone).isLessThan(0.5 * windowsAlone);
            assertThat(rotationError(map)).isLessThan(2);
            double depth = ORACLE.truth().get(30).depth().at(28, 21);
            assertThat(map.view(30).depth().at(28, 21) / depth).isCloseTo(1, within(0.2));
        }
    }

    /** A single pose determines the whole world frame except for the unit of length. */
    @Test
    void onePoseDeterminesTheWorldFrame() throws IOException {
        run(folder);
        TreeMap<Double, PosePrior> one = new TreeMap<>(Map.of(3.0, new PosePrior(truth(30), 0.01, 0.01)));
        try (StreamingMap map = open(one)) {
            Pose difference = map.cameras().get(30).pose().compose(truth(30).inverse());
            assertThat(difference.translation().norm()).isLessThan(1e-6);
            assertThat(Angles.of(difference.rotation())).isLessThan(1e-6);
        }
    }

    /** A wrong pose has little influence, because errors beyond 3.5 standard deviations count with their length only. */
    @Test
    void outliersHaveLittleInfluence() throws IOException {
        run(folder);
        double without;
        try (StreamingMap map = open(noisyPriors())) {
            without = centerError(map);
        }
        TreeMap<Double, PosePrior> priors = noisyPriors();
        Pose wrong = truth(35).compose(new Pose(turn(new Vec3(0, 1.2, 0)), new Vec3(4, 1, -3)));
        priors.put(3.5, new PosePrior(wrong, TRANSLATION, ROTATION));
        try (StreamingMap map = open(priors)) {
            assertThat(map.measurements().poses()).hasSize(7);
            assertThat(centerError(map)).as("%s without the outlier", without).isLessThan(1.5 * without);
            assertThat(map.cameras()
                            .get(35)
                            .pose()
                            .cameraCenter()
                            .minus(wrong.cameraCenter())
                            .norm())
                    .isGreaterThan(3);
        }
    }

    /** The same wrong pose with standard deviations that cover its error leaves the map as it is. */
    @Test
    void uncertainPosesDoNotChangeTheMap() throws IOException {
        run(folder);
        List<Pose> without;
        try (StreamingMap map = open(noisyPriors())) {
            without = IntStream.range(0, FRAMES).mapToObj(map::measuredPose).toList();
        }
        TreeMap<Double, PosePrior> priors = noisyPriors();
        Pose wrong = truth(35).compose(new Pose(turn(new Vec3(0, 1.2, 0)), new Vec3(4, 1, -3)));
        priors.put(3.5, new PosePrior(wrong, 1000, 10_000));
        try (StreamingMap map = open(priors)) {
            for (int i = 0; i < FRAMES; i++) {
                Pose difference = map.measuredPose(i).compose(without.get(i).inverse());
                assertThat(difference.translation().norm()).isLessThan(1e-4);
                assertThat(Angles.of(difference.rotation())).isLessThan(0.01);
            }
        }
    }

    /** Without this, the map would shrink to a point, which agrees with all poses. */
    @Test
    void posesAtOnePlaceLeaveTheScale() throws IOException {
        run(folder);
        TreeMap<Double, PosePrior> priors = new TreeMap<>();
        Vec3 drift = new Vec3(0.3, 0, 0);
        priors.put(0.0, new PosePrior(truth(0), TRANSLATION, ROTATION));
        priors.put(
                5.9,
                new PosePrior(
                        truth(59)
                                .compose(translation(truth(0).cameraCenter()
                                        .minus(truth(59).cameraCenter())
                                        .plus(drift))),
                        0.2,
                        30));
        try (StreamingMap map = open(priors)) {
            assertThat(map.measurements().determinesScale()).isFalse();
            assertThat(map.scales().get(0)).isEqualTo(1);
        }
    }

    /** A pose that is hardly known has no influence on the scale. */
    @Test
    void anUncertainPoseLeavesTheScale() throws IOException {
        run(folder);
        Pose far = truth(59).compose(translation(new Vec3(500, 0, 0)));
        try (StreamingMap map = open(new TreeMap<>(
                Map.of(0.0, new PosePrior(truth(0), TRANSLATION, ROTATION), 5.9, new PosePrior(far, 1000, 100))))) {
            assertThat(map.scales().get(0)).isEqualTo(1);
            assertThat(Angles.between(map.measuredPose(0).rotation(), truth(0).rotation()))
                    .isLessThan(ROTATION);
        }
    }

    /** Returns what moves a camera center by an offset if the pose of the camera is applied after it. */
    private static Pose translation(Vec3 offset) {
        return new Pose(Mat3.IDENTITY, offset.times(-1));
    }

    /** Poses join positions in the same world frame, and motions. */
    @Test
    void posesPositionsAndMotions() throws IOException {
        run(folder);
        Measurements all = Measurements.NONE
                .withPoses(PosePriors.ofTimes(Map.of(0.0, new PosePrior(truth(0), TRANSLATION, ROTATION))))
                .withPositions(PositionPriors.ofTimes(Map.of(
                        2.0, new PositionPrior(truth(20).cameraCenter(), TRANSLATION, TRANSLATION),
                        4.0, new PositionPrior(truth(40).cameraCenter(), TRANSLATION, TRANSLATION))))
                .withOdometry(Odometry.of(List.of(new Odometry.Motion(
                        4.0, 5.9, truth(40).compose(truth(59).inverse()), TRANSLATION, ROTATION))));
        try (StreamingMap map = StreamingMap.open(folder, ORACLE, OPTIONS.withMeasurements(all))) {
            assertThat(centerError(map)).isLessThan(0.06);
        }
    }

    /** Poses on a straight line determine the scale, and also the rotation about the line. */
    @Test
    void posesOnALine() {
        Mat3 rotation = turn(new Vec3(0.3, -0.8, 0.5));
        List<Pose> own = List.of(center(1), center(2), center(3));
        Sim3 truth = new Sim3(3, rotation, new Vec3(5, 6, 7));
        List<PosePriors.Placed> placed = List.of(
                new PosePriors.Placed(0, new PosePrior(truth.applyToPose(own.get(0)), 0.1, 1)),
                new PosePriors.Placed(2, new PosePrior(truth.applyToPose(own.get(2)), 0.1, 1)));
        Measurements.Placed measured = new Measurements.Placed(List.of(), placed, List.of());
        assertSame(PriorAlignment.of(measured, own, false), truth);
        Sim3 metric = PriorAlignment.of(measured, own, true);
        assertThat(metric.scale()).isEqualTo(1);
        assertThat(metric.transform(new Vec3(2, 0, 0))
                        .minus(truth.transform(new Vec3(2, 0, 0)))
                        .norm())
                .isLessThan(1e-12);
        Measurements.Placed one = new Measurements.Placed(List.of(), placed.subList(1, 2), List.of());
        assertThat(PriorAlignment.of(one, own, false).scale()).isEqualTo(1);
    }

    private static void assertSame(Sim3 actual, Sim3 expected) {
        for (Vec3 p : List.of(Vec3.ZERO, new Vec3(1, 0, 0), new Vec3(0, 1, 0), new Vec3(0, 0, 1))) {
            assertThat(actual.transform(p).minus(expected.transform(p)).norm()).isLessThan(1e-12);
        }
    }

    /** A run that was stopped in the middle and continued with poses ends with the same bytes. */
    @Test
    void continuedRunsEndWithTheSameBytes() throws IOException {
        StreamingOptions options = OPTIONS.withPosePriors(PosePriors.ofTimes(noisyPriors()));
        Path whole = folder.resolve("whole");
        try (StreamingMap map = StreamingMap.open(whole, ORACLE, options)) {
            map.run(ORACLE.source(), StreamingListener.SILENT);
            export(map, whole);
        }
        Path stopped = folder.resolve("stopped");
        try (StreamingMap map = StreamingMap.open(stopped, ORACLE, options)) {
            assertThatThrownBy(() -> map.run(ORACLE.source(), (window, frames) -> {
                        if (window.number() == 2) {
                            throw new IllegalStateException("stopped");
                        }
                    }))
                    .hasMessage("stopped");
        }
        try (StreamingMap map = StreamingMap.open(stopped, ORACLE, options)) {
            assertThat(map.size()).isLessThan(FRAMES);
            map.run(ORACLE.source(), StreamingListener.SILENT);
            export(map, stopped);
        }
        for (String file : List.of("map.da3s", "trajectory.tum", "points.ply")) {
            assertThat(stopped.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
        }
    }

    @Test
    void measuredPosesExcludeGivenPoses() throws IOException {
        GivenPoses poses = GivenPoses.of(Map.of(0L, Pose.IDENTITY));
        try (StreamingMap map = open(noisyPriors())) {
            assertThatThrownBy(() -> map.run(ORACLE.source().posed(poses), StreamingListener.SILENT))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("pose priors cannot be combined with given poses");
        }
    }

    /** Returns a noisy pose of every tenth frame by time. */
    private static TreeMap<Double, PosePrior> noisyPriors() {
        Random random = new Random(5);
        TreeMap<Double, PosePrior> priors = new TreeMap<>();
        for (int i = 0; i < FRAMES; i += 10) {
            Pose noise = new Pose(
                    turn(gaussian(random).times(Math.toRadians(ROTATION))),
                    gaussian(random).times(TRANSLATION));
            priors.put(0.1 * i, new PosePrior(noise.compose(truth(i)), TRANSLATION, ROTATION));
        }
        return priors;
    }

    private static Vec3 gaussian(Random random) {
        return new Vec3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian());
    }

    /** Returns about the rotation with a small rotation vector in radians. */
    private static Mat3 turn(Vec3 vector) {
        return new Quaternion(vector.x() / 2, vector.y() / 2, vector.z() / 2, 1).toMatrix();
    }

    private static Pose center(double x) {
        return new Pose(turn(new Vec3(0, 0.1 * x, 0)), Vec3.ZERO).compose(new Pose(Mat3.IDENTITY, new Vec3(-x, 0, 0)));
    }

    private static void run(Path directory) throws IOException {
        try (StreamingMap map = StreamingMap.open(directory, ORACLE, OPTIONS)) {
            map.run(ORACLE.source(), StreamingListener.SILENT);
        }
    }

    /** Opens the stored map; poses change only what is derived from it. */
    private StreamingMap open(TreeMap<Double, PosePrior> priors) throws IOException {
        return StreamingMap.open(folder, ORACLE, OPTIONS.withPosePriors(PosePriors.ofTimes(priors)));
    }

    private static void export(StreamingMap map, Path directory) throws IOException {
        for (MapFormat format : MapFormat.DEFAULTS) {
            format.write(map, directory, PointOptions.defaults());
        }
    }

    private static Pose truth(int frame) {
        return ORACLE.cameras().get(frame).pose();
    }

    /** Returns the root mean square error of the camera centers in the world frame of the truth. */
    private static double centerError(StreamingMap map) {
        return Math.sqrt(IntStream.range(0, FRAMES)
                .mapToObj(i -> map.measuredPose(i).cameraCenter().minus(truth(i).cameraCenter()))
                .mapToDouble(error -> error.dot(error))
                .average()
                .orElseThrow());
    }

    /** Returns the largest error of a rotation in degrees. */
    private static double rotationError(StreamingMap map) {
        return IntStream.range(0, FRAMES)
                .mapToDouble(i -> Angles.between(map.measuredPose(i).rotation(), truth(i).rotation()))
                .max()
                .orElseThrow();
    }
}
