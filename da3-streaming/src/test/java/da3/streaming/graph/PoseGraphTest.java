package da3.streaming.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import da3.geometry.Pose;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoseGraphTest {

    private static final PoseInformation INFORMATION = PoseInformation.ofSigmas(0.1, 0.1);
    private static final PoseEdge EDGE = PoseEdge.of(0, 1, Pose.IDENTITY, INFORMATION);

    @Test
    void fixesTheFirstPoseAndScaleUnlessSomethingElseIsKnown() {
        assertThat(builder().build().fixedPoses).containsExactly(0);
        assertThat(builder().addEdge(EDGE.withScale(1)).build().fixedScales).containsExactly(0);
        assertThat(builder().addEdge(EDGE).build().fixedScales).isEmpty();
        assertThat(builder().addScalePrior(1, 2, 0.1).build().fixedScales).isEmpty();

        PoseGraph fixed = builder().fixPose(1).fixScale(1).build();
        assertThat(fixed.fixedPoses).containsExactly(1);
        assertThat(fixed.fixedScales).containsExactly(1);

        PoseGraph known = builder()
                .addPosePrior(0, Pose.IDENTITY, INFORMATION)
                .addPositionPrior(1, Vec3.ZERO, Mat3.IDENTITY)
                .build();
        assertThat(known.fixedPoses).isEmpty();
        assertThat(known.fixedScales).isEmpty();
    }

    @Test
    void refusesNumbersThatWereNotAdded() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().addEdge(PoseEdge.of(0, 2, Pose.IDENTITY, INFORMATION)))
                .withMessage("number of a pose must be from 0 to 1, got 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().addLoop(EDGE.withScale(5)))
                .withMessage("number of a scale must be from 0 to 1, got 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().addScaleEdge(new ScaleEdge(0, 2, 1, 1)))
                .withMessage("number of a scale must be from 0 to 1, got 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PoseGraph.builder().build())
                .withMessage("number of poses must be at least 1, got 0");
    }

    @Test
    void refusesWrongValues() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PoseEdge.of(1, 1, Pose.IDENTITY, INFORMATION))
                .withMessage("second pose of an edge must be another than the first, got 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PoseEdge.of(0, 1, new Pose(Mat3.IDENTITY.times(2), Vec3.ZERO), INFORMATION))
                .withMessageStartingWith("motion from pose 0 to pose 1 must be a rigid motion");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().addScale(0))
                .withMessage("scale 2 must be positive and finite, got 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().addLoop(List.of(), List.of()))
                .withMessage("number of edges of a loop must be at least 1, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().addPositionPrior(0, Vec3.ZERO, new Mat3(1, 2, 0, 2, 1, 0, 0, 0, -1)))
                .withMessageStartingWith("covariance of the center of pose 0 must be positive definite");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PoseInformation.ofMatrix(new double[36]))
                .withMessageStartingWith("information matrix must be positive definite");
        double[] skewed = new double[36];
        skewed[1] = 1;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PoseInformation.ofMatrix(skewed))
                .withMessageStartingWith("information matrix must be symmetric");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PoseGraphOptions.defaults().withLoopConfidence(1))
                .withMessage("confidence of loops must be above 0 and below 1, got 1.0");
    }

    private static PoseGraph.Builder builder() {
        PoseGraph.Builder builder = PoseGraph.builder();
        builder.addPose(Pose.IDENTITY);
        builder.addPose(Pose.IDENTITY);
        builder.addScale(1);
        builder.addScale(1);
        return builder;
    }
}
