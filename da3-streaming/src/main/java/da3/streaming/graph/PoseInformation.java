package da3.streaming.graph;

import da3.geometry.check.Check;
import java.util.Arrays;

/**
 * The information matrix of a measured pose, which is the inverse of its covariance.
 *
 * <p>Noise is a tangent vector (translation, rotation): a true pose is the measured one times {@code (exp(rotation),
 * translation)} on the right. So both parts are in the axes of the camera whose pose is measured; the translation is in
 * the unit of the measurement, the rotation in radians. The translation comes first, as in g2o and TORO files.
 */
public final class PoseInformation {

    private static final int DIMENSION = 6;
    private static final double SYMMETRY_TOLERANCE = 1e-6;

    private final double[] matrix;
    private final Whitening whitening;

    private PoseInformation(double[] matrix, Whitening whitening) {
        this.matrix = matrix;
        this.whitening = whitening;
    }

    /**
     * Returns the information of independent noise.
     *
     * @param translation standard deviation of each coordinate, in the unit of the measurement
     * @param rotation standard deviation about each axis, in radians
     * @throws IllegalArgumentException if one is not positive
     */
    public static PoseInformation ofSigmas(double translation, double rotation) {
        Check.positive("standard deviation of translations", translation);
        Check.positive("standard deviation of rotations", rotation);
        double[] matrix = new double[DIMENSION * DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            double sigma = i < 3 ? translation : rotation;
            matrix[i * DIMENSION + i] = 1 / (sigma * sigma);
        }
        return ofMatrix(matrix);
    }

    /**
     * Returns the information with the given matrix.
     *
     * @param matrix symmetric and positive definite, 6x6, row-major, translation first
     * @throws IllegalArgumentException if it is not
     */
    public static PoseInformation ofMatrix(double[] matrix) {
        if (matrix.length != DIMENSION * DIMENSION) {
            throw Check.invalid("number of entries of an information matrix", "36", matrix.length);
        }
        double largest = 0;
        for (double entry : matrix) {
            largest = Math.max(largest, Math.abs(Check.finite("entry of an information matrix", entry)));
        }
        for (int i = 0; i < DIMENSION; i++) {
            for (int j = 0; j < i; j++) {
                double difference = matrix[i * DIMENSION + j] - matrix[j * DIMENSION + i];
                if (Math.abs(difference) > SYMMETRY_TOLERANCE * largest) {
                    throw Check.invalid(
                            "information matrix",
                            "symmetric",
                            "entries that differ by " + difference + " in row " + i + ", column " + j);
                }
            }
        }
        Whitening whitening = Whitening.of(matrix, DIMENSION);
        if (whitening == null) {
            throw Check.invalid("information matrix", "positive definite", Arrays.toString(matrix));
        }
        return new PoseInformation(matrix.clone(), whitening);
    }

    Whitening whitening() {
        return whitening;
    }

    /** Returns the mean of the three diagonal entries of the translation. */
    double translationWeight() {
        return meanDiagonal(0);
    }

    /** Returns the mean of the three diagonal entries of the rotation. */
    double rotationWeight() {
        return meanDiagonal(3);
    }

    private double meanDiagonal(int first) {
        double sum = 0;
        for (int i = first; i < first + 3; i++) {
            sum += matrix[i * DIMENSION + i];
        }
        return sum / 3;
    }
}
