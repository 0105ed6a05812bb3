package da3.streaming.graph;

import da3.geometry.Pose;
import da3.geometry.math.Mat3;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;

/** Rigid motions and their tangent vectors (translation, rotation), which apply on the right. */
final class Rigid {

    private Rigid() {}

    /**
     * Returns {@code (R exp(rotation), p + R translation)} for components of a step.
     *
     * @param size 6, or 3 if the step has no rotation
     */
    static Pose plus(Pose pose, double[] step, int offset, int size) {
        Vec3 translation = new Vec3(step[offset], step[offset + 1], step[offset + 2]);
        Mat3 rotation = pose.rotation();
        if (size == 6) {
            rotation = rotation.times(So3.exp(new Vec3(step[offset + 3], step[offset + 4], step[offset + 5])));
        }
        return new Pose(rotation, pose.translation().plus(pose.rotation().times(translation)));
    }

    /** Returns the pose with its rotation made orthonormal to rounding. */
    static Pose orthonormal(Pose pose) {
        return new Pose(Quaternion.ofMatrix(pose.rotation()).toMatrix(), pose.translation());
    }

    /** Writes a 3x3 matrix into a row-major matrix with {@code columns} columns. */
    static void put(Mat3 m, double[] target, int row, int column, int columns) {
        double[] entries = m.toArray();
        for (int i = 0; i < 3; i++) {
            System.arraycopy(entries, 3 * i, target, (row + i) * columns + column, 3);
        }
    }
}
