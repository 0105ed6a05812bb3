package da3.streaming.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Pose;
import da3.geometry.math.Mat3;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The start for exact measurements is the truth, before any nonlinear step. */
class StagedStartTest {

    private static final PoseInformation INFORMATION = PoseInformation.ofSigmas(0.01, 0.01);

    @Test
    void scalesFollowFromMotionsThatWindowsShare() {
        List<Pose> truth = SyntheticGraphs.sphere(2, 6).truth();
        double[] scales = {1, 0.3, 5};
        PoseGraph.Builder builder = PoseGraph.builder();
        builder.addPose(truth.get(0));
        for (int i = 1; i < truth.size(); i++) {
            builder.addPose(Pose.IDENTITY);
        }
        for (double scale : scales) {
            builder.addScale(1);
        }
        for (int window = 0; window < 3; window++) {
            for (int i = 3 * window; i < Math.min(3 * window + 4, truth.size() - 1); i++) {
                builder.addEdge(exact(truth, i, i + 1, scales[window]).withScale(window));
            }
        }
        for (int i = 9; i < truth.size() - 1; i++) {
            builder.addEdge(exact(truth, i, i + 1, 1)); // metric, in the last window
        }

        GraphState start = StagedStart.of(builder.build());

        assertThat(start.scales())
                .usingElementComparator(StagedStartTest::compare)
                .containsExactly(1.0, 0.3, 5.0);
        assertThat(SyntheticGraphs.centerError(start.worldToCamera(), truth)).isLessThan(1e-9);
    }

    @Test
    void knownCentersAloneDetermineTheWorld() {
        List<Pose> truth = SyntheticGraphs.torus(2, 7).truth();
        PoseGraph.Builder builder = PoseGraph.builder();
        truth.forEach(pose -> builder.addPose(Pose.IDENTITY));
        builder.addScale(1);
        for (int i = 0; i + 1 < truth.size(); i++) {
            builder.addEdge(exact(truth, i, i + 1, 0.2).withScale(0));
        }
        for (int i = 0; i < truth.size(); i += 3) {
            builder.addPositionPrior(i, truth.get(i).cameraCenter(), Mat3.IDENTITY.times(0.01));
        }

        GraphState start = StagedStart.of(builder.build());

        assertThat(start.scale(0)).isCloseTo(0.2, within(1e-9));
        assertThat(SyntheticGraphs.centerError(start.worldToCamera(), truth)).isLessThan(1e-9);
        for (int i = 0; i < truth.size(); i++) {
            assertThat(start.worldToCamera().get(i).toMatrix3x4())
                    .containsExactly(truth.get(i).toMatrix3x4(), within(1e-9));
        }
    }

    @Test
    void fixedPosesStayAndPriorsHold() {
        List<Pose> truth = SyntheticGraphs.sphere(2, 5).truth();
        PoseGraph.Builder builder = PoseGraph.builder();
        for (int i = 0; i < truth.size(); i++) {
            builder.addPose(i == 4 ? truth.get(i) : Pose.IDENTITY);
        }
        builder.fixPose(4);
        builder.addPosePrior(9, truth.get(9), INFORMATION);
        for (int i = 0; i + 1 < truth.size(); i++) {
            if (i != 6) { // two parts: one with the fixed pose, one with the prior
                builder.addEdge(exact(truth, i, i + 1, 1));
            }
        }

        GraphState start = StagedStart.of(builder.build());

        assertThat(SyntheticGraphs.centerError(start.worldToCamera(), truth)).isLessThan(1e-9);
    }

    private static PoseEdge exact(List<Pose> truth, int from, int to, double scale) {
        Pose motion = SyntheticGraphs.motion(truth, from, to);
        return PoseEdge.of(from, to, motion.withTranslation(motion.translation().times(1 / scale)), INFORMATION);
    }

    private static int compare(double a, double b) {
        return Math.abs(a - b) < 1e-9 ? 0 : Double.compare(a, b);
    }
}
