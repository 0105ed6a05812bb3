package da3.geometry.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.DegenerateGeometryException;
import da3.geometry.Pose;
import da3.geometry.RandomGeometry;
import da3.geometry.ScalarMap;
import da3.geometry.Sim3;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoseAlignmentTest {

    private final RandomGeometry random = new RandomGeometry(6);
    private final Sim3 truth = new Sim3(4, random.rotation(), random.point());

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 10, 15})
    void mapsGivenCamerasToPredictedOnesAndDepthBack(int views) {
        List<Pose> given = random.poses(views);
        PoseAlignment alignment = PoseAlignment.of(moved(given), given, 42);
        assertThat(RandomGeometry.distance(alignment.givenToPredicted(), truth)).isLessThan(1e-6);
        assertThat(alignment.scaled()).isTrue();
        for (Pose pose : given) {
            Pose predicted = truth.applyToPose(pose);
            assertThat(RandomGeometry.distance(alignment.inPredictedFrame(pose), predicted))
                    .isLessThan(1e-10);
            assertThat(RandomGeometry.distance(alignment.inGivenFrame(predicted), pose))
                    .isLessThan(1e-10);
        }
        ScalarMap depth = alignment.depthInGivenScale(new ScalarMap(2, 1, new float[] {8, 2}));
        assertThat(depth.values()).containsExactly(new float[] {2, 0.5f}, within(1e-6f));
    }

    @Test
    void oneCameraDeterminesRotationAndTranslationButNoScale() {
        List<Pose> given = random.poses(1);
        PoseAlignment alignment = PoseAlignment.of(moved(given), given, 42);
        assertThat(alignment.scaled()).isFalse();
        assertThat(alignment.givenToPredicted().scale()).isEqualTo(1);
        assertThat(RandomGeometry.distance(
                        alignment.inPredictedFrame(given.get(0)), moved(given).get(0)))
                .isLessThan(1e-10);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 12})
    void collinearCamerasAreAlignedByTheirOrientations(int views) {
        List<Pose> given = IntStream.range(0, views)
                .mapToObj(i -> at(random.rotation(), new Vec3(i, 2 * i, -0.3 * i)))
                .toList();
        PoseAlignment alignment = PoseAlignment.of(moved(given), given, 42);
        assertThat(RandomGeometry.distance(alignment.givenToPredicted(), truth)).isLessThan(1e-6);
    }

    @ParameterizedTest
    @CsvSource({"5, 1e-6", "5, 1e-3", "5, 5e-2", "12, 1e-2", "12, 1e-1"})
    void nearlyCollinearCamerasAreNotRotatedByNoise(int views, double jitter) {
        for (int seed = 0; seed < 10; seed++) {
            Random noise = new Random(seed);
            List<Pose> given = new ArrayList<>();
            List<Pose> predicted = new ArrayList<>();
            for (int i = 0; i < views; i++) {
                Vec3 offLine = gaussian(noise, jitter);
                Vec3 center = new Vec3(offLine.x(), offLine.y(), i);
                double yaw = 0.02 * noise.nextGaussian();
                given.add(at(aboutY(yaw), center));
                Pose seen = at(aboutY(yaw + 0.01 * noise.nextGaussian()), center.plus(gaussian(noise, 0.02)));
                predicted.add(truth.applyToPose(seen));
            }
            PoseAlignment alignment = PoseAlignment.of(predicted, given, OptionalDouble.of(8), 42);
            Mat3 error = alignment
                    .givenToPredicted()
                    .rotation()
                    .times(truth.rotation().transpose());
            double cosine = (error.m00() + error.m11() + error.m22() - 1) / 2;
            assertThat(Math.toDegrees(Math.acos(Math.min(1, cosine)))).isLessThan(1);
            assertThat(alignment.givenToPredicted().scale()).isCloseTo(truth.scale(), within(0.1));
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 1e-6, 0.002", "2, 1e-3, 0.002", "4, 1e-6, 0.01", "4, 1e-3, 0.01"})
    void aTremblingTripodDeterminesNoScale(int views, double jitter, double predictedNoise) {
        for (int seed = 0; seed < 20; seed++) {
            Random noise = new Random(seed);
            List<Pose> given = new ArrayList<>();
            List<Pose> predicted = new ArrayList<>();
            for (int i = 0; i < views; i++) {
                given.add(at(aboutY(0.5 * i), new Vec3(1, 0, 2).plus(gaussian(noise, jitter))));
                predicted.add(at(aboutY(0.5 * i), gaussian(noise, predictedNoise)));
            }
            PoseAlignment alignment = PoseAlignment.of(predicted, given, OptionalDouble.of(1), 42);
            assertThat(alignment.scaled()).isFalse();
            assertThat(alignment.givenToPredicted().scale()).isEqualTo(1);
            assertThat(RandomGeometry.distance(alignment.givenToPredicted().rotation(), Mat3.IDENTITY))
                    .isLessThan(1e-9);
        }
    }

    @Test
    void aSmallBaselineOnWhichBothSetsAgreeDeterminesTheScale() {
        List<Pose> given = List.of(at(Mat3.IDENTITY, Vec3.ZERO), at(Mat3.IDENTITY, new Vec3(0.12, 0, 0)));
        PoseAlignment alignment = PoseAlignment.of(moved(given), given, OptionalDouble.of(4 * 8), 42);
        assertThat(alignment.scaled()).isTrue();
        assertThat(alignment.givenToPredicted().scale()).isCloseTo(4, within(1e-9));
    }

    @Test
    void oppositeRotationErrorsOfTwoCamerasCancel() {
        List<Pose> given = random.poses(2);
        double c = Math.cos(0.1);
        double s = Math.sin(0.1);
        Mat3 left = new Mat3(c, -s, 0, s, c, 0, 0, 0, 1);
        List<Pose> predicted = List.of(
                at(given.get(0).rotation().times(left), given.get(0).cameraCenter()),
                at(given.get(1).rotation().times(left.transpose()), given.get(1).cameraCenter()));
        Sim3 alignment = PoseAlignment.of(predicted, given, 42).givenToPredicted();
        assertThat(RandomGeometry.distance(alignment, Sim3.IDENTITY)).isLessThan(1e-12);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void coincidentCamerasDetermineNoScale(int views) {
        Vec3 center = new Vec3(100, -30, 7);
        List<Pose> given = IntStream.range(0, views)
                .mapToObj(i -> at(random.rotation(), center))
                .toList();
        PoseAlignment alignment = PoseAlignment.of(moved(given), given, 42);
        assertThat(alignment.scaled()).isFalse();
        assertThat(alignment.givenToPredicted().scale()).isEqualTo(1);
        assertThat(RandomGeometry.distance(alignment.givenToPredicted().rotation(), truth.rotation()))
                .isLessThan(1e-10);
    }

    @Test
    void rejectsUndeterminedAlignments() {
        List<Pose> two = random.poses(2);
        assertThatThrownBy(() -> PoseAlignment.of(two, List.of(), 42))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("0 given", "2 predicted", "at least one");
        List<Pose> broken = List.of(two.get(0), two.get(1).withTranslation(new Vec3(0, Double.NaN, 0)));
        assertThatThrownBy(() -> PoseAlignment.of(broken, two, 42))
                .isInstanceOf(DegenerateGeometryException.class)
                .hasMessageContaining("predicted pose 1 must be finite");
        Mat3 halfTurn = new Mat3(-1, 0, 0, 0, -1, 0, 0, 0, 1);
        List<Pose> opposite = List.of(
                two.get(0), at(two.get(1).rotation().times(halfTurn), two.get(1).cameraCenter()));
        assertThatThrownBy(() -> PoseAlignment.of(opposite, two, 42))
                .isInstanceOf(DegenerateGeometryException.class)
                .hasMessageContainingAll("2 cameras", "cancel");
    }

    private List<Pose> moved(List<Pose> poses) {
        return poses.stream().map(truth::applyToPose).toList();
    }

    private static Mat3 aboutY(double angle) {
        double c = Math.cos(angle);
        double s = Math.sin(angle);
        return new Mat3(c, 0, -s, 0, 1, 0, s, 0, c);
    }

    private static Vec3 gaussian(Random random, double deviation) {
        return new Vec3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian()).times(deviation);
    }

    /** Returns a world-to-camera pose with this camera center. */
    private static Pose at(Mat3 rotation, Vec3 center) {
        return new Pose(rotation, rotation.times(center).times(-1));
    }
}
