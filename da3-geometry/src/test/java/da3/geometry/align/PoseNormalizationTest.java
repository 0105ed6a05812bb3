package da3.geometry.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Pose;
import da3.geometry.RandomGeometry;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoseNormalizationTest {

    @Test
    void usesTheFirstCameraAsFrameAndTheLowerMedianDistanceAsUnit() {
        Mat3 turn = new RandomGeometry(7).rotation();
        List<Pose> poses = List.of(at(turn, 5), at(turn, 7), at(turn, 9), at(turn, 105));
        List<Pose> normalized = PoseNormalization.normalize(poses);
        assertThat(RandomGeometry.distance(normalized.get(0), Pose.IDENTITY)).isLessThan(1e-12);
        double[] distances =
                normalized.stream().mapToDouble(p -> p.cameraCenter().norm()).toArray();
        assertThat(distances).containsExactly(new double[] {0, 1, 2, 50}, within(1e-12));
    }

    @Test
    void nearlyCoincidentCamerasAreNotScaledToUnitDistance() {
        List<Pose> normalized = PoseNormalization.normalize(List.of(at(Mat3.IDENTITY, 0), at(Mat3.IDENTITY, 0.01)));
        assertThat(normalized.get(1).cameraCenter().norm()).isCloseTo(0.1, within(1e-12));
    }

    @Test
    void rejectsAnEmptyList() {
        assertThatThrownBy(() -> PoseNormalization.normalize(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private static Pose at(Mat3 rotation, double x) {
        return new Pose(rotation, rotation.times(new Vec3(-x, 0, 0)));
    }
}
