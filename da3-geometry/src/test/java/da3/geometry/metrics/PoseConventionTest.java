package da3.geometry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import da3.geometry.Pose;
import da3.geometry.Sim3;
import da3.geometry.math.Mat3;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoseConventionTest {

    private static final List<Pose> TURNED = List.of(
            Pose.IDENTITY,
            new Pose(new Quaternion(0, 0.5, 0, 1).toMatrix(), new Vec3(1, 0, 0)),
            new Pose(new Quaternion(0.1, -0.4, 0, 1).toMatrix(), new Vec3(0, 1, -2)));

    /** Cameras that all look in one direction, which only their centers reveal. */
    private static final List<Pose> PARALLEL = List.of(
            new Pose(Mat3.IDENTITY, new Vec3(1, 0, 0)),
            new Pose(Mat3.IDENTITY, new Vec3(0, 2, 0)),
            new Pose(Mat3.IDENTITY, new Vec3(0, 0, 1)));

    @Test
    void invertedPosesAreNoticedInAnyFrameAndUnit() {
        Sim3 gauge = new Sim3(0.2, new Quaternion(0.3, 0.1, -0.6, 1).toMatrix(), new Vec3(3, 2, 1));
        for (List<Pose> poses : List.of(TURNED, PARALLEL)) {
            List<Pose> predicted = poses.stream().map(gauge::applyToPose).toList();
            assertThat(PoseConvention.seemsInverted(predicted, poses)).isFalse();
            List<Pose> inverses = poses.stream().map(Pose::inverse).toList();
            assertThat(PoseConvention.seemsInverted(predicted, inverses)).isTrue();
        }
    }

    @Test
    void unrelatedPredictionsAreNoEvidence() {
        List<Pose> unrelated = List.of(TURNED.get(2), TURNED.get(0), TURNED.get(1));
        assertThat(PoseConvention.seemsInverted(unrelated, TURNED)).isFalse();
        assertThat(PoseConvention.seemsInverted(List.of(Pose.IDENTITY), List.of(TURNED.get(1))))
                .isFalse();
    }
}
