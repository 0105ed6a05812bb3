package da3.streaming.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The Gauss-Newton equations {@code H step = -g} of a sum of terms, with H as sparse as the graph. */
final class NormalEquations {

    private final List<Term> terms;
    /** For each term the blocks of its poses and scales, -1 for fixed ones. */
    private final List<int[]> blocks = new ArrayList<>();

    private final BlockMatrix hessian;
    private final double[] gradient;
    private final BlockCholesky cholesky;

    NormalEquations(List<Term> terms, FreeVariables variables) {
        this.terms = terms;
        List<int[]> free = new ArrayList<>();
        for (Term term : terms) {
            int[] poses =
                    Arrays.stream(term.factor().poses()).map(variables::ofPose).toArray();
            int[] scales = Arrays.stream(term.factor().scales())
                    .map(variables::ofScale)
                    .toArray();
            int[] all = Arrays.copyOf(poses, poses.length + scales.length);
            System.arraycopy(scales, 0, all, poses.length, scales.length);
            blocks.add(all);
            free.add(Arrays.stream(all).filter(block -> block >= 0).toArray());
        }
        hessian = BlockMatrix.of(variables.sizes(), free);
        gradient = new double[variables.dimension()];
        cholesky = new BlockCholesky(hessian);
    }

    /** Computes H and g at a state. */
    void linearize(GraphState state) {
        hessian.clear();
        Arrays.fill(gradient, 0);
        for (int t = 0; t < terms.size(); t++) {
            Factor.Linearization linear = terms.get(t).factor().linearize(state);
            double squared = 0;
            for (double component : linear.residual()) {
                squared += component * component;
            }
            add(linear, terms.get(t).kernel().weight(squared), blocks.get(t));
        }
    }

    private void add(Factor.Linearization linear, double weight, int[] of) {
        for (int a = 0; a < of.length; a++) {
            if (of[a] < 0) {
                continue;
            }
            int width = hessian.size(of[a]);
            double[] left = linear.jacobians()[a];
            addProduct(gradient, hessian.offset(of[a]), left, width, linear.residual(), 1, linear, weight);
            for (int b = 0; b < of.length; b++) {
                if (of[b] >= 0 && of[b] <= of[a]) {
                    double[] block = hessian.block(of[a], of[b]);
                    addProduct(block, 0, left, width, linear.jacobians()[b], hessian.size(of[b]), linear, weight);
                }
            }
        }
    }

    /** Adds {@code weight A^T B} to a target, where A and B are the first columns of matrices of a linearization. */
    private static void addProduct(
            double[] target,
            int offset,
            double[] a,
            int aWidth,
            double[] b,
            int bWidth,
            Factor.Linearization linear,
            double weight) {
        int rows = linear.residual().length;
        int aStride = a.length / rows;
        int bStride = b.length / rows;
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < aWidth; i++) {
                double factor = weight * a[row * aStride + i];
                for (int j = 0; j < bWidth; j++) {
                    target[offset + i * bWidth + j] += factor * b[row * bStride + j];
                }
            }
        }
    }

    /** Returns the diagonal of H. */
    double[] diagonal() {
        return hessian.diagonal();
    }

    /** Returns g, half the gradient of the cost. */
    double[] gradient() {
        return gradient.clone();
    }

    /** Returns the solution of {@code (H + diag(damping)) step = -g}, or null if the sum is not positive definite. */
    double[] solve(double[] damping) {
        if (!cholesky.factorize(damping)) {
            return null;
        }
        double[] step = cholesky.solve(gradient);
        for (int i = 0; i < step.length; i++) {
            step[i] = -step[i];
        }
        return step;
    }
}
