package da3.streaming.reference;

import da3.geometry.Sim3;
import da3.geometry.align.Sim3Tangent;
import da3.geometry.check.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * Distributes the errors of loops over a chain of windows, by Levenberg-Marquardt on the tangent vectors of all
 * windows. No window is fixed and no loop is rejected. Source: {@code Sim3LoopOptimizer}, which computes in float32;
 * this class uses double precision.
 *
 * @param maxIterations maximum number of steps, including rejected ones
 * @param initialLambda initial damping, relative to the diagonal; halved by an accepted step, doubled by a rejected one
 */
public record LoopOptimizer(int maxIterations, double initialLambda) {

    private static final int D = Sim3Tangent.DIMENSION;
    private static final double SMALL_COST = 1e-5;
    private static final int MIN_ITERATIONS = 5;
    private static final double MIN_IMPROVEMENT = 1.5; // over the last five steps

    public LoopOptimizer {
        Check.positive("maximum number of iterations", maxIterations);
        Check.positive("initial damping", initialLambda);
    }

    /** Returns the settings of the reference. */
    public static LoopOptimizer defaults() {
        return new LoopOptimizer(30, 1e-6);
    }

    /**
     * The result of an optimization.
     *
     * @param steps the transformation from each window to the previous one, starting with the second window
     * @param initialCost mean of all squared residual components before the optimization
     * @param finalCost the same after it
     */
    public record Result(List<Sim3> steps, double initialCost, double finalCost) {}

    /**
     * Optimizes a chain.
     *
     * @param steps the transformation from each window to the previous one, starting with the second window
     * @param loops measured transformations between windows 0 to {@code steps.size()}
     * @return the given steps if there are no loops
     * @throws IllegalArgumentException if a loop connects a window to itself or to one that does not exist
     */
    public Result optimize(List<Sim3> steps, List<LoopEdge> loops) {
        List<LoopEdge> edges = edges(steps, loops);
        if (loops.isEmpty()) {
            return new Result(List.copyOf(steps), 0, 0);
        }
        double[] state = state(steps);
        double initialCost = cost(state, edges);
        double cost = initialCost;
        double lambda = initialLambda;
        List<Double> history = new ArrayList<>();
        for (int i = 0; i < maxIterations; i++) {
            history.add(cost);
            double[] next = step(state, edges, lambda);
            double nextCost = cost(next, edges);
            boolean converged = cost < SMALL_COST
                    && i + 1 >= MIN_ITERATIONS
                    && history.get(i + 1 - MIN_ITERATIONS) / cost < MIN_IMPROVEMENT;
            if (nextCost < cost) {
                state = next;
                cost = nextCost;
                lambda /= 2;
            } else {
                lambda *= 2;
            }
            if (converged) {
                break;
            }
        }
        return new Result(steps(state), initialCost, cost);
    }

    /** Returns an edge for each step, then the loops. */
    private static List<LoopEdge> edges(List<Sim3> steps, List<LoopEdge> loops) {
        List<LoopEdge> edges = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            edges.add(new LoopEdge(i + 1, i, steps.get(i)));
        }
        for (LoopEdge loop : loops) {
            Check.inRange("window of a loop", 0, steps.size(), loop.from());
            Check.inRange("window of a loop", 0, steps.size(), loop.to());
            if (loop.from() == loop.to()) {
                throw Check.invalid("windows of a loop", "different", "window " + loop.from() + " twice");
            }
            edges.add(loop);
        }
        return edges;
    }

    /** Returns the tangent vectors, one after the other, of the transformations from the first window to each window. */
    private static double[] state(List<Sim3> steps) {
        double[] state = new double[D * (steps.size() + 1)];
        Sim3 toFirst = Sim3.IDENTITY;
        for (int i = 0; i < steps.size(); i++) {
            toFirst = toFirst.compose(steps.get(i));
            double[] tangent = Sim3Tangent.log(toFirst.inverse()).toArray();
            System.arraycopy(tangent, 0, state, D * (i + 1), D);
        }
        return state;
    }

    private static List<Sim3> steps(double[] state) {
        List<Sim3> steps = new ArrayList<>();
        for (int at = D; at < state.length; at += D) {
            Sim3 toThis = Sim3Tangent.of(state, at).exp();
            Sim3 toPrevious = Sim3Tangent.of(state, at - D).exp();
            steps.add(toPrevious.compose(toThis.inverse()));
        }
        return steps;
    }

    /** Returns the deviation of an edge from its measured transformation; the identity if they agree. */
    private static Sim3 deviation(double[] state, LoopEdge edge) {
        Sim3 toFrom = Sim3Tangent.of(state, D * edge.from()).exp();
        Sim3 toTo = Sim3Tangent.of(state, D * edge.to()).exp();
        return edge.transformation().compose(toFrom).compose(toTo.inverse());
    }

    private static double cost(double[] state, List<LoopEdge> edges) {
        double sum = 0;
        for (LoopEdge edge : edges) {
            for (double r : Sim3Tangent.log(deviation(state, edge)).toArray()) {
                sum += r * r;
            }
        }
        return sum / (D * edges.size());
    }

    private static double[] step(double[] state, List<LoopEdge> edges, double lambda) {
        SkylineSystem normal = new SkylineSystem(firstColumns(state.length, edges));
        double[] delta = new double[state.length];
        for (LoopEdge edge : edges) {
            addEdge(normal, delta, state, edge);
        }
        normal.scaleDiagonal(1 + lambda); // only this makes the matrix regular, since the gauge is free
        normal.solve(delta);
        double[] next = state.clone();
        for (int i = 0; i < next.length; i++) {
            next[i] += delta[i];
        }
        return next;
    }

    /** Returns the first column of each row that is not zero: that of the first window with which a window has an edge. */
    private static int[] firstColumns(int size, List<LoopEdge> edges) {
        int[] columns = new int[size];
        Arrays.setAll(columns, i -> i / D * D);
        for (LoopEdge edge : edges) {
            int row = D * Math.max(edge.from(), edge.to());
            for (int i = row; i < row + D; i++) {
                columns[i] = Math.min(columns[i], D * Math.min(edge.from(), edge.to()));
            }
        }
        return columns;
    }

    private static void addEdge(SkylineSystem normal, double[] right, double[] state, LoopEdge edge) {
        Sim3 deviation = deviation(state, edge);
        Sim3Tangent residual = Sim3Tangent.log(deviation);
        RealMatrix inverse =
                new LUDecomposition(matrix(residual.leftJacobian())).getSolver().getInverse();
        RealMatrix from = inverse.multiply(matrix(Sim3Tangent.adjoint(edge.transformation())))
                .multiply(matrix(Sim3Tangent.of(state, D * edge.from()).leftJacobian()));
        RealMatrix to = inverse.multiply(matrix(Sim3Tangent.adjoint(deviation)))
                .multiply(matrix(Sim3Tangent.of(state, D * edge.to()).leftJacobian()))
                .scalarMultiply(-1);
        addProduct(normal, from, edge.from(), from, edge.from());
        addProduct(normal, from, edge.from(), to, edge.to());
        addProduct(normal, to, edge.to(), from, edge.from());
        addProduct(normal, to, edge.to(), to, edge.to());
        subtract(right, edge.from(), from.preMultiply(residual.toArray()));
        subtract(right, edge.to(), to.preMultiply(residual.toArray()));
    }

    /** Adds the part of the block {@code a^T b} that is not above the diagonal of the matrix. */
    private static void addProduct(SkylineSystem normal, RealMatrix a, int windowA, RealMatrix b, int windowB) {
        if (windowA < windowB) {
            return;
        }
        RealMatrix block = a.transpose().multiply(b);
        for (int i = 0; i < D; i++) {
            for (int j = 0; j < (windowA == windowB ? i + 1 : D); j++) {
                normal.add(D * windowA + i, D * windowB + j, block.getEntry(i, j));
            }
        }
    }

    private static void subtract(double[] right, int window, double[] values) {
        for (int i = 0; i < D; i++) {
            right[D * window + i] -= values[i];
        }
    }

    private static RealMatrix matrix(double[][] rows) {
        return new Array2DRowRealMatrix(rows, false);
    }
}
