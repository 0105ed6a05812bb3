package da3.geometry.math;

import da3.geometry.check.Check;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * Principal components by a randomized range finder with power iterations: Halko, Martinsson and Tropp, "Finding
 * structure with randomness", 2011, algorithms 4.4 and 5.1, which the reference calls as {@code torch.pca_lowrank}. The
 * random start is seeded, and the sign of each direction is chosen so that its entry of largest magnitude is positive;
 * the same values therefore give the same components.
 *
 * @param mean (channels)
 * @param directions (components, channels), unit length, strongest first
 */
public record PrincipalComponents(double[] mean, double[][] directions) {

    /** Random directions to start from; more than are returned, for accuracy. */
    private static final int MAX_DRAWN = 16;

    private static final int POWER_ITERATIONS = 2;

    /**
     * Computes principal components.
     *
     * @param values (rows, channels)
     * @param components number of components, at most 16 and at most the number of channels
     * @param seed seed of the random start
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static PrincipalComponents of(float[] values, int channels, int components, long seed) {
        Check.positive("number of channels", channels);
        if (values.length == 0 || values.length % channels != 0) {
            throw Check.invalid("number of values", "a positive multiple of " + channels + " channels", values.length);
        }
        Check.inRange("number of components", 1, Math.min(channels, MAX_DRAWN), components);
        int drawn = Math.min(MAX_DRAWN, channels);
        double[] mean = mean(values, channels);
        Random random = new Random(seed);
        double[][] basis = new double[drawn][channels];
        for (double[] direction : basis) {
            Arrays.setAll(direction, c -> random.nextGaussian());
        }
        for (int i = 0; i <= POWER_ITERATIONS; i++) {
            basis = orthonormal(covarianceTimes(values, mean, basis));
        }
        double[][] image = covarianceTimes(values, mean, basis);
        RealMatrix small = new Array2DRowRealMatrix(drawn, drawn);
        for (int i = 0; i < drawn; i++) {
            for (int j = 0; j < drawn; j++) {
                // the two halves differ by rounding errors, and the decomposition needs a symmetric matrix
                small.setEntry(i, j, (dot(basis[i], image[j]) + dot(basis[j], image[i])) / 2);
            }
        }
        EigenDecomposition eigen = new EigenDecomposition(small); // the largest first
        double[][] directions = new double[components][];
        for (int k = 0; k < components; k++) {
            directions[k] = signed(combination(basis, eigen.getEigenvector(k).toArray()));
        }
        return new PrincipalComponents(mean, directions);
    }

    /**
     * Projects rows onto the components.
     *
     * @param values (rows, channels)
     * @return (components, rows)
     */
    public float[][] project(float[] values) {
        int channels = mean.length;
        int rows = values.length / channels;
        float[][] projected = new float[directions.length][rows];
        IntStream.range(0, rows).parallel().forEach(row -> {
            for (int k = 0; k < directions.length; k++) {
                projected[k][row] = (float) projection(values, row * channels, directions[k]);
            }
        });
        return projected;
    }

    private double projection(float[] values, int from, double[] direction) {
        return centeredDot(values, from, mean, direction);
    }

    private static double centeredDot(float[] values, int from, double[] mean, double[] direction) {
        double sum = 0;
        for (int c = 0; c < mean.length; c++) {
            sum += (values[from + c] - mean[c]) * direction[c];
        }
        return sum;
    }

    private static double[] mean(float[] values, int channels) {
        double[] mean = new double[channels];
        for (int i = 0; i < values.length; i++) {
            mean[i % channels] += values[i];
        }
        for (int c = 0; c < channels; c++) {
            mean[c] /= values.length / channels;
        }
        return mean;
    }

    /**
     * Multiplies the covariance matrix with each direction; parallel over directions, so that sums keep their order.
     */
    private static double[][] covarianceTimes(float[] values, double[] mean, double[][] directions) {
        int channels = mean.length;
        double[][] products = new double[directions.length][channels];
        IntStream.range(0, directions.length).parallel().forEach(k -> {
            for (int from = 0; from < values.length; from += channels) {
                double along = centeredDot(values, from, mean, directions[k]);
                for (int c = 0; c < channels; c++) {
                    products[k][c] += along * (values[from + c] - mean[c]);
                }
            }
        });
        return products;
    }

    private static double[][] orthonormal(double[][] directions) {
        RealMatrix columns = new Array2DRowRealMatrix(directions).transpose();
        return new QRDecomposition(columns)
                .getQ()
                .getSubMatrix(0, columns.getRowDimension() - 1, 0, directions.length - 1)
                .transpose()
                .getData();
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double[] combination(double[][] basis, double[] weights) {
        double[] sum = new double[basis[0].length];
        for (int k = 0; k < basis.length; k++) {
            for (int c = 0; c < sum.length; c++) {
                sum[c] += weights[k] * basis[k][c];
            }
        }
        return sum;
    }

    private static double[] signed(double[] direction) {
        double largest = 0;
        for (double entry : direction) {
            largest = Math.abs(entry) > Math.abs(largest) ? entry : largest;
        }
        double sign = largest < 0 ? -1 : 1;
        return Arrays.stream(direction).map(entry -> sign * entry).toArray();
    }
}
