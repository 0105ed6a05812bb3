package da3.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PoseNormalisationTest {

    @Test
    void theFirstCameraIsTheWorldAndTheLowerMedianDistanceTheUnit() {
        Mat3 turn = new RandomGeometry(7).rotation();
        List<Pose> poses = List.of(at(turn, 5), at(turn, 7), at(turn, 9), at(turn, 105));
        List<Pose> normalised = PoseNormalisation.normalise(poses);
        assertThat(RandomGeometry.distance(normalised.get(0), Pose.IDENTITY)).isLessThan(1e-12);
        double[] distances =
                normalised.stream().mapToDouble(p -> p.cameraCentre().norm()).toArray();
        assertThat(distances).containsExactly(new double[] {0, 1, 2, 50}, within(1e-12));
    }

    @Test
    void camerasInOnePlaceAreNotBlownUp() {
        List<Pose> normalised = PoseNormalisation.normalise(List.of(at(Mat3.IDENTITY, 0), at(Mat3.IDENTITY, 0.01)));
        assertThat(normalised.get(1).cameraCentre().norm()).isCloseTo(0.1, within(1e-12));
    }

    @Test
    void refusesNoPoses() {
        assertThatThrownBy(() -> PoseNormalisation.normalise(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private static Pose at(Mat3 rotation, double x) {
        return new Pose(rotation, rotation.times(new Vec3(-x, 0, 0)));
    }
}
