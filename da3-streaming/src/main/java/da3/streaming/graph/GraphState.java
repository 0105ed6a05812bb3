package da3.streaming.graph;

import da3.geometry.Pose;
import java.util.Arrays;
import java.util.List;

/**
 * Values of all poses and scales of a graph. Poses are camera-to-world here, and change by tangent vectors
 * (translation, rotation) on the right: {@code (R, p) -> (R exp(rotation), p + R translation)}. Scales change by their
 * logarithms.
 */
final class GraphState {

    private final Pose[] poses;
    private final double[] logScales;

    /** Keeps the arrays, which must not change afterwards. */
    GraphState(Pose[] cameraToWorld, double[] logScales) {
        this.poses = cameraToWorld;
        this.logScales = logScales;
    }

    /** Returns the camera-to-world pose with a number. */
    Pose pose(int i) {
        return poses[i];
    }

    double logScale(int i) {
        return logScales[i];
    }

    double scale(int i) {
        return Math.exp(logScales[i]);
    }

    int poseCount() {
        return poses.length;
    }

    int scaleCount() {
        return logScales.length;
    }

    /** Returns this state after a step. */
    GraphState plus(double[] step, FreeVariables variables) {
        Pose[] movedPoses = poses.clone();
        double[] movedScales = logScales.clone();
        for (int i = 0; i < poses.length; i++) {
            int block = variables.ofPose(i);
            if (block >= 0) {
                movedPoses[i] = Rigid.plus(poses[i], step, variables.offset(block), variables.size(block));
            }
        }
        for (int i = 0; i < logScales.length; i++) {
            int block = variables.ofScale(i);
            if (block >= 0) {
                movedScales[i] += step[variables.offset(block)];
            }
        }
        return new GraphState(movedPoses, movedScales);
    }

    /** Returns the poses, world-to-camera. */
    List<Pose> worldToCamera() {
        return Arrays.stream(poses).map(Pose::inverse).toList();
    }

    /** Returns the scales. */
    List<Double> scales() {
        return Arrays.stream(logScales).map(Math::exp).boxed().toList();
    }
}
