package da3.train.optimizer;

import da3.geometry.concurrent.Parallel;
import da3.nn.autograd.SumOfSquares;
import java.util.List;

/** Limits the norm of all gradients together. */
public final class GradientClipping {

    private static final double EPSILON = 1e-6;

    private GradientClipping() {}

    /**
     * Multiplies all gradients with min(1, maximumNorm / (norm + 1e-6)), as PyTorch does. Gradients whose norm is not
     * finite are not changed, so that the caller can skip the step.
     *
     * @param gradients changed in place; entries that are null are skipped
     * @param threads number of threads; 0 for one per processor
     * @return the L2 norm over all gradients before clipping
     * @throws IllegalArgumentException if the maximum is not positive
     */
    public static double clip(List<float[]> gradients, double maximumNorm, int threads) {
        double norm = norm(gradients, threads);
        double factor = factor(norm, maximumNorm);
        if (factor < 1) {
            Parallel.forEach(gradients.size(), threads, i -> {
                if (gradients.get(i) != null) {
                    scale(gradients.get(i), (float) factor);
                }
            });
        }
        return norm;
    }

    /**
     * Returns the factor on gradients of a norm: min(1, maximumNorm / (norm + 1e-6)), or 1 if the norm is not
     * finite.
     *
     * @throws IllegalArgumentException if the maximum is not positive
     */
    public static double factor(double norm, double maximumNorm) {
        if (!(maximumNorm > 0)) {
            throw new IllegalArgumentException("maximum norm must be positive, got " + maximumNorm);
        }
        return Double.isFinite(norm) ? Math.min(1, maximumNorm / (norm + EPSILON)) : 1;
    }

    /** Returns the L2 norm over all gradients, summed in double precision. */
    public static double norm(List<float[]> gradients, int threads) {
        double[] squares = new double[gradients.size()];
        Parallel.forEach(squares.length, threads, i -> {
            squares[i] = gradients.get(i) == null ? 0 : SumOfSquares.of(gradients.get(i));
        });
        double sum = 0;
        for (double square : squares) {
            sum += square;
        }
        return Math.sqrt(sum);
    }

    private static void scale(float[] gradient, float factor) {
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] *= factor;
        }
    }
}
