package da3.streaming.graph;

import da3.geometry.Pose;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresBuilder;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresOptimizer;
import org.apache.commons.math3.fitting.leastsquares.LevenbergMarquardtOptimizer;
import org.apache.commons.math3.geometry.euclidean.threed.Rotation;
import org.apache.commons.math3.geometry.euclidean.threed.RotationConvention;
import org.apache.commons.math3.geometry.euclidean.threed.Vector3D;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.util.Pair;

/**
 * A slow solver for small graphs by the dense Levenberg-Marquardt of Commons Math, with numerical derivatives and its own
 * formulas for residuals. It minimizes plain squares, and takes all loops as correct.
 */
final class DenseSolver {

    private static final double STEP = 1e-6;

    private final PoseGraph graph;
    private final GraphState start;
    private final PoseInformation information;
    private final double positionSigma;

    /** @param information of every edge and pose prior */
    DenseSolver(PoseGraph graph, GraphState start, PoseInformation information, double positionSigma) {
        this.graph = graph;
        this.start = start;
        this.information = information;
        this.positionSigma = positionSigma;
    }

    /** A solution with its sum of squares. */
    record Solution(List<Pose> poses, double[] scales, double cost) {}

    Solution solve() {
        int size = 6 * graph.poseCount() + graph.scaleCount();
        LeastSquaresOptimizer.Optimum optimum = new LevenbergMarquardtOptimizer()
                .optimize(new LeastSquaresBuilder()
                        .start(new double[size])
                        .model(point ->
                                new Pair<>(new ArrayRealVector(residuals(point.toArray())), jacobian(point.toArray())))
                        .target(new double[residuals(new double[size]).length])
                        .maxEvaluations(1000)
                        .maxIterations(1000)
                        .build());
        double[] x = optimum.getPoint().toArray();
        List<Pose> poses = new ArrayList<>();
        for (int i = 0; i < graph.poseCount(); i++) {
            poses.add(pose(x, i).inverse());
        }
        double[] scales = new double[graph.scaleCount()];
        for (int i = 0; i < scales.length; i++) {
            scales[i] = scale(x, i);
        }
        return new Solution(poses, scales, optimum.getCost() * optimum.getCost());
    }

    private RealMatrix jacobian(double[] x) {
        double[][] columns = new double[x.length][];
        for (int i = 0; i < x.length; i++) {
            double[] ahead = x.clone();
            ahead[i] += STEP;
            double[] behind = x.clone();
            behind[i] -= STEP;
            double[] a = residuals(ahead);
            double[] b = residuals(behind);
            columns[i] = new double[a.length];
            for (int row = 0; row < a.length; row++) {
                columns[i][row] = (a[row] - b[row]) / (2 * STEP);
            }
        }
        return new Array2DRowRealMatrix(columns, false).transpose();
    }

    private double[] residuals(double[] x) {
        List<Double> all = new ArrayList<>();
        List<PoseEdge> edges = new ArrayList<>(graph.edges);
        List<ScaleEdge> scaleEdges = new ArrayList<>(graph.scaleEdges);
        graph.loops.forEach(loop -> edges.addAll(loop.edges()));
        graph.loops.forEach(loop -> scaleEdges.addAll(loop.scaleEdges()));
        for (PoseEdge edge : edges) {
            Pose motion = pose(x, edge.from()).inverse().compose(pose(x, edge.to()));
            double scale = edge.scale().isPresent() ? scale(x, edge.scale().getAsInt()) : 1;
            addError(edge.motion(), motion.withTranslation(motion.translation().times(1 / scale)), all);
        }
        for (PosePriorFactor prior : graph.posePriors) {
            addError(prior.known(), pose(x, prior.pose()), all);
        }
        for (PositionPriorFactor prior : graph.positionPriors) {
            Vec3 error =
                    pose(x, prior.pose()).translation().minus(prior.known()).times(1 / positionSigma);
            all.addAll(List.of(error.x(), error.y(), error.z()));
        }
        for (ScaleEdge edge : scaleEdges) {
            all.add(Math.log(scale(x, edge.to()) / scale(x, edge.from()) / edge.ratio()) / edge.sigma());
        }
        return all.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private void addError(Pose measured, Pose present, List<Double> all) {
        Pose error = measured.inverse().compose(present);
        double[] m = error.rotation().toArray();
        double[][] rows = {{m[0], m[1], m[2]}, {m[3], m[4], m[5]}, {m[6], m[7], m[8]}};
        Rotation rotation = new Rotation(rows, 1e-6);
        Vector3D v = rotation.getAxis(RotationConvention.VECTOR_OPERATOR).scalarMultiply(rotation.getAngle());
        double t = Math.sqrt(information.translationWeight());
        double r = Math.sqrt(information.rotationWeight());
        Vec3 s = error.translation();
        all.addAll(List.of(t * s.x(), t * s.y(), t * s.z(), r * v.getX(), r * v.getY(), r * v.getZ()));
    }

    private Pose pose(double[] x, int i) {
        Pose base = start.pose(i);
        if (graph.fixedPoses.contains(i)) {
            return base;
        }
        Vec3 v = new Vec3(x[6 * i + 3], x[6 * i + 4], x[6 * i + 5]);
        double angle = v.norm();
        Mat3 turn = Mat3.IDENTITY;
        if (angle > 0) {
            double[][] m = new Rotation(new Vector3D(v.x(), v.y(), v.z()), angle, RotationConvention.VECTOR_OPERATOR)
                    .getMatrix();
            turn = Mat3.ofColumns(
                    new Vec3(m[0][0], m[1][0], m[2][0]),
                    new Vec3(m[0][1], m[1][1], m[2][1]),
                    new Vec3(m[0][2], m[1][2], m[2][2]));
        }
        Vec3 shift = new Vec3(x[6 * i], x[6 * i + 1], x[6 * i + 2]);
        return new Pose(base.rotation().times(turn), base.translation().plus(shift));
    }

    private double scale(double[] x, int i) {
        return graph.fixedScales.contains(i) ? start.scale(i) : start.scale(i) * Math.exp(x[6 * graph.poseCount() + i]);
    }
}
