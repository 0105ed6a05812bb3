package da3.train.optimizer;

import da3.geometry.Parallel;
import java.util.List;

/** Limits the norm of all gradients together. */
public final class GradientClipping {

    private static final double EPSILON = 1e-6;

    private GradientClipping() {}

    /**
     * Multiplies all gradients with min(1, maximumNorm / (norm + 1e-6)), as PyTorch does. Gradients whose norm is not
     * finite are left alone, so that the caller can skip the step.
     *
     * @param gradients changed in place; entries that are null are skipped
     * @param threads 0 for as many as there are processors
     * @return the L2 norm over all gradients before clipping
     * @throws IllegalArgumentException if the maximum is not positive
     */
    public static double clip(List<float[]> gradients, double maximumNorm, int threads) {
        if (!(maximumNorm > 0)) {
            throw new IllegalArgumentException("maximum norm must be positive, got " + maximumNorm);
        }
        double norm = norm(gradients, threads);
        double factor = maximumNorm / (norm + EPSILON);
        if (factor < 1 && Double.isFinite(norm)) {
            Parallel.forEach(gradients.size(), threads, i -> {
                if (gradients.get(i) != null) {
                    scale(gradients.get(i), (float) factor);
                }
            });
        }
        return norm;
    }

    /** Returns the L2 norm over all gradients, summed in double precision. */
    public static double norm(List<float[]> gradients, int threads) {
        double[] squares = new double[gradients.size()];
        Parallel.forEach(squares.length, threads, i -> {
            squares[i] = gradients.get(i) == null ? 0 : sumOfSquares(gradients.get(i));
        });
        double sum = 0;
        for (double square : squares) {
            sum += square;
        }
        return Math.sqrt(sum);
    }

    /** In several sums, since each addition waits for the one before it in the same sum. */
    private static double sumOfSquares(float[] values) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int whole = values.length / 4 * 4;
        for (int i = 0; i < whole; i += 4) {
            a += (double) values[i] * values[i];
            b += (double) values[i + 1] * values[i + 1];
            c += (double) values[i + 2] * values[i + 2];
            d += (double) values[i + 3] * values[i + 3];
        }
        for (int i = whole; i < values.length; i++) {
            a += (double) values[i] * values[i];
        }
        return (a + b) + (c + d);
    }

    private static void scale(float[] gradient, float factor) {
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] *= factor;
        }
    }
}
