package da3.streaming.graph;

import da3.geometry.Pose;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;

/**
 * The constraint that a pose is near a known one: the tangent vector {@code (R0^T (p - p0), log(R0^T R))} from the known
 * camera-to-world pose (R0, p0) to the present one (R, p).
 *
 * @param pose number of the pose
 * @param known camera-to-world
 */
record PosePriorFactor(int pose, Pose known, PoseInformation information) implements Factor {

    @Override
    public int dimension() {
        return 6;
    }

    @Override
    public int[] poses() {
        return new int[] {pose};
    }

    @Override
    public int[] scales() {
        return new int[0];
    }

    @Override
    public double[] residual(GraphState state) {
        Pose error = known.inverse().compose(state.pose(pose));
        Vec3 t = error.translation();
        Vec3 r = So3.log(error.rotation());
        double[] residual = {t.x(), t.y(), t.z(), r.x(), r.y(), r.z()};
        information.whitening().apply(residual, 1);
        return residual;
    }

    @Override
    public Linearization linearize(GraphState state) {
        Mat3 rotationError = known.rotation().transpose().times(state.pose(pose).rotation());
        double[] jacobian = new double[36];
        Rigid.put(rotationError, jacobian, 0, 0, 6);
        Rigid.put(So3.rightJacobianInverse(So3.log(rotationError)), jacobian, 3, 3, 6);
        information.whitening().apply(jacobian, 6);
        return new Linearization(residual(state), new double[][] {jacobian});
    }
}
