package da3.streaming.graph;

import da3.geometry.Pose;
import da3.geometry.math.Vec3;

/**
 * The constraint that the center of a camera is near a known point, for instance one of GPS. The residual is {@code p -
 * p0}, in world axes.
 *
 * @param pose number of the pose
 * @param known the center in world coordinates
 * @param weight mean diagonal entry of the information matrix
 */
record PositionPriorFactor(int pose, Vec3 known, Whitening whitening, double weight) implements Factor {

    @Override
    public int dimension() {
        return 3;
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
        Vec3 difference = state.pose(pose).translation().minus(known);
        double[] residual = {difference.x(), difference.y(), difference.z()};
        whitening.apply(residual, 1);
        return residual;
    }

    @Override
    public Linearization linearize(GraphState state) {
        Pose present = state.pose(pose);
        double[] jacobian = new double[18];
        Rigid.put(present.rotation(), jacobian, 0, 0, 6);
        whitening.apply(jacobian, 6);
        return new Linearization(residual(state), new double[][] {jacobian});
    }
}
