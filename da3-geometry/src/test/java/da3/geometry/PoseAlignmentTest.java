package da3.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoseAlignmentTest {

    private final RandomGeometry random = new RandomGeometry(6);
    private final Sim3 truth = new Sim3(4, random.rotation(), random.point());

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 10, 15})
    void bringsGivenCamerasToThePredictedOnesAndDepthTheOtherWay(int views) {
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
    void oneCameraSaysWhereAndWhichWayButNotHowLarge() {
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
    void camerasOnALineAreTurnedByHowTheyLook(int views) {
        List<Pose> given = IntStream.range(0, views)
                .mapToObj(i -> at(random.rotation(), new Vec3(i, 2 * i, -0.3 * i)))
                .toList();
        PoseAlignment alignment = PoseAlignment.of(moved(given), given, 42);
        assertThat(RandomGeometry.distance(alignment.givenToPredicted(), truth)).isLessThan(1e-6);
    }

    @Test
    void twoNoisyCamerasMeetInTheMiddle() {
        List<Pose> given = random.poses(2);
        double c = Math.cos(0.1);
        double s = Math.sin(0.1);
        Mat3 left = new Mat3(c, -s, 0, s, c, 0, 0, 0, 1);
        List<Pose> predicted = List.of(
                at(given.get(0).rotation().times(left), given.get(0).cameraCentre()),
                at(given.get(1).rotation().times(left.transpose()), given.get(1).cameraCentre()));
        Sim3 alignment = PoseAlignment.of(predicted, given, 42).givenToPredicted();
        assertThat(RandomGeometry.distance(alignment, Sim3.IDENTITY)).isLessThan(1e-12);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void camerasInOnePlaceLeaveTheScaleOpen(int views) {
        Vec3 place = new Vec3(100, -30, 7);
        List<Pose> given = IntStream.range(0, views)
                .mapToObj(i -> at(random.rotation(), place))
                .toList();
        PoseAlignment alignment = PoseAlignment.of(moved(given), given, 42);
        assertThat(alignment.scaled()).isFalse();
        assertThat(alignment.givenToPredicted().scale()).isEqualTo(1);
        assertThat(RandomGeometry.distance(alignment.givenToPredicted().rotation(), truth.rotation()))
                .isLessThan(1e-10);
    }

    @Test
    void refusesWhatDeterminesNothing() {
        List<Pose> two = random.poses(2);
        assertThatThrownBy(() -> PoseAlignment.of(two, List.of(), 42))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("0 given", "2 predicted", "at least one");
        List<Pose> broken = List.of(two.get(0), two.get(1).withTranslation(new Vec3(0, Double.NaN, 0)));
        assertThatThrownBy(() -> PoseAlignment.of(broken, two, 42))
                .isInstanceOf(DegenerateGeometryException.class)
                .hasMessageContaining("predicted pose 1 is not finite");
        Mat3 halfTurn = new Mat3(-1, 0, 0, 0, -1, 0, 0, 0, 1);
        List<Pose> opposite = List.of(
                two.get(0), at(two.get(1).rotation().times(halfTurn), two.get(1).cameraCentre()));
        assertThatThrownBy(() -> PoseAlignment.of(opposite, two, 42))
                .isInstanceOf(DegenerateGeometryException.class)
                .hasMessageContainingAll("2 cameras", "cancel");
    }

    private List<Pose> moved(List<Pose> poses) {
        return poses.stream().map(truth::applyToPose).toList();
    }

    /** World-to-camera, from the rotation and where the camera stands. */
    private static Pose at(Mat3 rotation, Vec3 centre) {
        return new Pose(rotation, rotation.times(centre).times(-1));
    }
}
