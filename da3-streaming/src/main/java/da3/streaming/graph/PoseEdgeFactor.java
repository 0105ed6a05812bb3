package da3.streaming.graph;

import da3.geometry.Pose;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;

/**
 * The constraint of a {@link PoseEdge}. With camera-to-world poses (Ri, pi) and (Rj, pj), scale s and measured motion
 * (Rz, tz), the residual is the tangent vector from the measured motion to the present one:
 *
 * <pre>
 * translation: Rz^T (Ri^T (pj - pi) / s - tz)
 * rotation:    log(Rz^T Ri^T Rj)
 * </pre>
 *
 * <p>The translation is compared in the unit of the measurement. In the unit of the world, a vanishing scale would
 * shrink every residual to zero.
 */
record PoseEdgeFactor(PoseEdge edge) implements Factor {

    private static final int[] NONE = {};

    @Override
    public int dimension() {
        return 6;
    }

    @Override
    public int[] poses() {
        return new int[] {edge.from(), edge.to()};
    }

    @Override
    public int[] scales() {
        return edge.scale().isPresent() ? new int[] {edge.scale().getAsInt()} : NONE;
    }

    @Override
    public double[] residual(GraphState state) {
        Pose from = state.pose(edge.from());
        Pose to = state.pose(edge.to());
        Mat3 toFrom = from.rotation().transpose();
        Vec3 shift = toFrom.times(to.translation().minus(from.translation())).times(1 / scale(state));
        Mat3 toMeasured = edge.motion().rotation().transpose();
        return whitened(
                toMeasured.times(shift.minus(edge.motion().translation())),
                So3.log(toMeasured.times(toFrom).times(to.rotation())));
    }

    @Override
    public Linearization linearize(GraphState state) {
        Pose from = state.pose(edge.from());
        Pose to = state.pose(edge.to());
        double inverseScale = 1 / scale(state);
        Mat3 toFrom = from.rotation().transpose();
        Vec3 shift = toFrom.times(to.translation().minus(from.translation())).times(inverseScale);
        Mat3 toMeasured = edge.motion().rotation().transpose();
        Mat3 turn = toFrom.times(to.rotation());
        Mat3 rotationError = toMeasured.times(turn);
        Vec3 rotation = So3.log(rotationError);
        Mat3 logDerivative = So3.rightJacobianInverse(rotation);

        double[] byFrom = new double[36];
        Rigid.put(toMeasured.times(-inverseScale), byFrom, 0, 0, 6);
        Rigid.put(toMeasured.times(So3.skew(shift)), byFrom, 0, 3, 6);
        Rigid.put(logDerivative.times(turn.transpose()).times(-1), byFrom, 3, 3, 6);
        double[] byTo = new double[36];
        Rigid.put(rotationError.times(inverseScale), byTo, 0, 0, 6);
        Rigid.put(logDerivative, byTo, 3, 3, 6);
        edge.information().whitening().apply(byFrom, 6);
        edge.information().whitening().apply(byTo, 6);

        double[] residual = whitened(toMeasured.times(shift.minus(edge.motion().translation())), rotation);
        if (edge.scale().isEmpty()) {
            return new Linearization(residual, new double[][] {byFrom, byTo});
        }
        double[] byLogScale = whitened(toMeasured.times(shift).times(-1), Vec3.ZERO);
        return new Linearization(residual, new double[][] {byFrom, byTo, byLogScale});
    }

    private double scale(GraphState state) {
        return edge.scale().isPresent() ? state.scale(edge.scale().getAsInt()) : 1;
    }

    private double[] whitened(Vec3 translation, Vec3 rotation) {
        double[] vector = {translation.x(), translation.y(), translation.z(), rotation.x(), rotation.y(), rotation.z()};
        edge.information().whitening().apply(vector, 1);
        return vector;
    }
}
