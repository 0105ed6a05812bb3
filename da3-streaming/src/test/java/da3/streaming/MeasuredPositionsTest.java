package da3.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Camera;
import da3.geometry.Pose;
import da3.geometry.Sim3;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import da3.geometry.metrics.TrajectoryError;
import da3.streaming.frame.GivenPoses;
import da3.streaming.prior.Measurements;
import da3.streaming.prior.PositionPrior;
import da3.streaming.prior.PositionPriors;
import da3.streaming.prior.PositionPriors.Placed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuredPositionsTest {

    private static final StreamingOptions OPTIONS =
            StreamingOptions.defaults().withWindow(10, 3).withLoops(LoopMethod.OFF);

    private static final Oracle ORACLE = Oracle.circle(60).withNoise(0.05, 0.02);

    /** Standard deviation of each coordinate of a measured position, in meters. */
    private static final double SIGMA = 0.1;

    @TempDir
    private Path folder;

    /** Windows are smooth but drift, positions are noisy but do not; together they are better than either. */
    @Test
    void positionsAndWindowsAreBetterTogether() throws IOException {
        double windowsAlone;
        try (StreamingMap map = run(ORACLE, OPTIONS)) {
            windowsAlone = TrajectoryError.of(map.cameras(), ORACLE.cameras())
                    .orElseThrow()
                    .absolute();
            assertThat(map.measurements().positions()).isEmpty();
        }
        // The same store; positions change only what is derived from it.
        try (StreamingMap map = StreamingMap.open(folder, ORACLE, OPTIONS.withPositions(noisyPositions()))) {
            assertThat(map.measurements().positions()).hasSize(20);
            double positionsAlone = rootMeanSquare(map.measurements().positions().stream()
                    .map(placed -> placed.prior().position().minus(truth(placed.frame())))
                    .toList());
            double together = error(map);
            assertThat(positionsAlone).isBetween(0.1, 0.25);
            assertThat(together)
                    .as("%s alone, %s alone", windowsAlone, positionsAlone)
                    .isLessThan(0.8 * Math.min(windowsAlone, positionsAlone));
            double depth = ORACLE.truth().get(30).depth().at(28, 21);
            assertThat(map.view(30).depth().at(28, 21) / depth).isCloseTo(1, within(0.2));
        }
    }

    /** Metric windows keep their scale, whatever the positions say. */
    @Test
    void metricMapsAreOnlyMoved() throws IOException {
        Oracle metric = ORACLE.inMeters();
        try (StreamingMap map = run(metric, OPTIONS.withPositions(noisyPositions()))) {
            assertThat(map.scales()).containsOnly(1.0);
            assertThat(error(map)).isLessThan(0.12);
        }
    }

    @Test
    void positionsExcludeGivenPoses() throws IOException {
        GivenPoses poses = GivenPoses.of(Map.of(0L, Pose.IDENTITY));
        try (StreamingMap map = StreamingMap.open(folder, ORACLE, OPTIONS.withPositions(noisyPositions()))) {
            assertThatThrownBy(() -> map.run(ORACLE.source().posed(poses), StreamingListener.SILENT))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("measured positions cannot be combined with given poses");
        }
    }

    /** Positions on a line determine direction and scale, even against the direction of the map. */
    @Test
    void positionsOnALine() {
        for (double direction : new double[] {1, -1}) {
            List<Vec3> centers = List.of(new Vec3(1, 0, 0), new Vec3(2, 0, 0), new Vec3(3, 0, 0));
            List<Placed> placed = List.of(
                    new Placed(0, new PositionPrior(new Vec3(0, 0, 0), 0.1, 0.1)),
                    new Placed(2, new PositionPrior(new Vec3(6 * direction, 0, 0), 0.1, 0.1)));
            Sim3 toWorld = align(placed, centers);
            assertThat(toWorld.scale()).isCloseTo(3, within(1e-12));
            assertThat(toWorld.transform(centers.get(1))
                            .minus(new Vec3(3 * direction, 0, 0))
                            .norm())
                    .isLessThan(1e-12);
            assertThat(toWorld.rotation().determinant()).isCloseTo(1, within(1e-12));
        }
        List<Placed> one = List.of(new Placed(0, new PositionPrior(new Vec3(5, 6, 7), 1, 1)));
        Sim3 toWorld = align(one, List.of(new Vec3(1, 1, 1)));
        assertThat(toWorld.transform(new Vec3(1, 1, 1))).isEqualTo(new Vec3(5, 6, 7));
    }

    private static Sim3 align(List<Placed> placed, List<Vec3> centers) {
        List<Pose> own = centers.stream()
                .map(center -> new Pose(Mat3.IDENTITY, center.times(-1)))
                .toList();
        return PriorAlignment.of(new Measurements.Placed(placed, List.of(), List.of()), own, false);
    }

    /** Returns a noisy position of every third frame. */
    private static PositionPriors noisyPositions() {
        Random random = new Random(5);
        Map<Double, PositionPrior> positions = new HashMap<>();
        for (int i = 0; i < 60; i += 3) {
            Vec3 noise = new Vec3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian());
            positions.put(i * 0.1, new PositionPrior(truth(i).plus(noise.times(SIGMA)), SIGMA, SIGMA));
        }
        return PositionPriors.ofTimes(positions);
    }

    private StreamingMap run(Oracle oracle, StreamingOptions options) throws IOException {
        StreamingMap map = StreamingMap.open(folder, oracle, options);
        map.run(oracle.source(), StreamingListener.SILENT);
        return map;
    }

    /** Returns the error of the camera centers in the world frame of the positions. */
    private static double error(StreamingMap map) {
        List<Camera> cameras = map.cameras();
        return rootMeanSquare(IntStream.range(0, cameras.size())
                .mapToObj(i -> cameras.get(i).pose().cameraCenter().minus(truth(i)))
                .toList());
    }

    private static Vec3 truth(int frame) {
        return ORACLE.cameras().get(frame).pose().cameraCenter();
    }

    private static double rootMeanSquare(List<Vec3> errors) {
        return Math.sqrt(
                errors.stream().mapToDouble(error -> error.dot(error)).average().orElseThrow());
    }
}
