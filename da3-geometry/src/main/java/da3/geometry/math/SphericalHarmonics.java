package da3.geometry.math;

import da3.geometry.check.Check;
import java.util.Arrays;

/**
 * Rotation of functions on the sphere that are given by real spherical harmonics, such as the colors of Gaussians.
 * Coefficients are ordered by degree, then by order from -degree to degree, with the sign (-1)^order of the splatting
 * literature (degree 1 is -y, z, -x). The reference computes the same matrices from Euler angles of permuted axes, with
 * the middle angle negated ({@code utils/sh_helpers.py}).
 */
public final class SphericalHarmonics {

    private SphericalHarmonics() {}

    /** Returns the number of coefficients of a function of this degree. */
    public static int coefficients(int degree) {
        return (degree + 1) * (degree + 1);
    }

    /**
     * Returns the matrices that map the coefficients of f to those of {@code p -> f(R^T p)}, one for each degree.
     *
     * @param degree highest degree, at least 0
     * @return row-major matrices; the one at index l is (2l + 1, 2l + 1)
     */
    public static double[][] rotation(Mat3 rotation, int degree) {
        Check.atLeast("degree of spherical harmonics", 0, degree);
        double[][] unsigned = new double[degree + 1][];
        unsigned[0] = new double[] {1};
        for (int l = 1; l <= degree; l++) {
            unsigned[l] = l == 1 ? ofDegreeOne(rotation) : new Recurrence(unsigned[1], unsigned[l - 1], l).block();
        }
        double[][] blocks = new double[degree + 1][];
        Arrays.setAll(blocks, l -> withSigns(unsigned[l], l));
        return blocks;
    }

    /**
     * Rotates the coefficients of one function.
     *
     * @param blocks from {@link #rotation}
     * @param in coefficients, from {@code inOffset} on
     * @param out receives the coefficients, from {@code outOffset} on; must not be {@code in}
     */
    public static void rotate(double[][] blocks, double[] in, int inOffset, float[] out, int outOffset) {
        int start = 0;
        for (int l = 0; l < blocks.length; l++) {
            double[] block = blocks[l];
            int n = 2 * l + 1;
            for (int i = 0; i < n; i++) {
                double sum = 0;
                for (int j = 0; j < n; j++) {
                    sum += block[i * n + j] * in[inOffset + start + j];
                }
                out[outOffset + start + i] = (float) sum;
            }
            start += n;
        }
    }

    /** Orders -1, 0 and 1 are the axes y, z and x. */
    private static double[] ofDegreeOne(Mat3 r) {
        return new double[] {r.m11(), r.m12(), r.m10(), r.m21(), r.m22(), r.m20(), r.m01(), r.m02(), r.m00()};
    }

    /** Applies the sign (-1)^order to the rows and columns of a block. */
    private static double[] withSigns(double[] block, int l) {
        int n = 2 * l + 1;
        double[] signed = block.clone();
        for (int i = 0; i < block.length; i++) {
            if ((i / n + i % n) % 2 != 0) {
                signed[i] = -block[i];
            }
        }
        return signed;
    }

    /**
     * The block of degree l from those of degrees 1 and l - 1. Source: Ivanic and Ruedenberg, "Rotation Matrices for
     * Real Spherical Harmonics", 1996, section 3, with the corrections of 1998. Names follow the paper, whose harmonics
     * have no sign (-1)^order.
     */
    private record Recurrence(double[] first, double[] previous, int l) {

        double[] block() {
            int n = 2 * l + 1;
            double[] block = new double[n * n];
            for (int m = -l; m <= l; m++) {
                for (int k = -l; k <= l; k++) {
                    block[(m + l) * n + k + l] = entry(m, k);
                }
            }
            return block;
        }

        private double entry(int m, int n) {
            int a = Math.abs(m);
            double denominator = Math.abs(n) == l ? 2.0 * l * (2 * l - 1) : (double) (l + n) * (l - n);
            double u = Math.sqrt((l + m) * (l - m) / denominator);
            double v = 0.5 * Math.sqrt((l + a - 1) * (l + a) / denominator);
            double w = -0.5 * Math.sqrt((l - a - 1) * (l - a) / denominator);
            if (m == 0) {
                return u * p(0, m, n) - Math.sqrt(2) * v * bigV(m, n);
            }
            // Terms with a factor of 0 would read beyond the previous block.
            double sum = v * bigV(m, n);
            if (a < l) {
                sum += u * p(0, m, n);
            }
            if (a < l - 1) {
                sum += w * bigW(m, n);
            }
            return sum;
        }

        private double bigV(int m, int n) {
            if (m == 0) {
                return p(1, 1, n) + p(-1, -1, n);
            }
            if (m > 0) {
                return m == 1 ? Math.sqrt(2) * p(1, 0, n) : p(1, m - 1, n) - p(-1, 1 - m, n);
            }
            return m == -1 ? Math.sqrt(2) * p(-1, 0, n) : p(1, m + 1, n) + p(-1, -m - 1, n);
        }

        private double bigW(int m, int n) {
            return m > 0 ? p(1, m + 1, n) + p(-1, -m - 1, n) : p(1, m - 1, n) - p(-1, 1 - m, n);
        }

        private double p(int i, int m, int n) {
            if (n == l) {
                return first(i, 1) * previous(m, l - 1) - first(i, -1) * previous(m, 1 - l);
            }
            if (n == -l) {
                return first(i, 1) * previous(m, 1 - l) + first(i, -1) * previous(m, l - 1);
            }
            return first(i, 0) * previous(m, n);
        }

        private double first(int i, int j) {
            return first[(i + 1) * 3 + j + 1];
        }

        private double previous(int i, int j) {
            int k = l - 1;
            return previous[(i + k) * (2 * k + 1) + j + k];
        }
    }
}
