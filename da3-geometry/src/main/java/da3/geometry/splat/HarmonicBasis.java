package da3.geometry.splat;

import da3.geometry.math.SphericalHarmonics;

/** The real spherical harmonics of degrees 0 to 3, in the order and with the signs of {@link SphericalHarmonics}. */
final class HarmonicBasis {

    static final int MAX_DEGREE = 3;

    /** The harmonic of degree 0, the same in all directions. */
    static final double CONSTANT = 0.5 * Math.sqrt(1 / Math.PI);

    private static final double D1 = 0.5 * Math.sqrt(3 / Math.PI);
    private static final double D2_XY = 0.5 * Math.sqrt(15 / Math.PI);
    private static final double D2_ZZ = 0.25 * Math.sqrt(5 / Math.PI);
    private static final double D3_3 = 0.25 * Math.sqrt(35 / (2 * Math.PI));
    private static final double D3_2 = 0.5 * Math.sqrt(105 / Math.PI);
    private static final double D3_1 = 0.25 * Math.sqrt(21 / (2 * Math.PI));
    private static final double D3_0 = 0.25 * Math.sqrt(7 / Math.PI);

    private HarmonicBasis() {}

    /**
     * Evaluates the harmonics in the unit direction (x, y, z).
     *
     * @param degree 0 to 3
     * @param out receives (degree + 1)^2 values
     */
    static void evaluate(int degree, double x, double y, double z, double[] out) {
        out[0] = CONSTANT;
        if (degree < 1) {
            return;
        }
        out[1] = -D1 * y;
        out[2] = D1 * z;
        out[3] = -D1 * x;
        if (degree < 2) {
            return;
        }
        out[4] = D2_XY * x * y;
        out[5] = -D2_XY * y * z;
        out[6] = D2_ZZ * (3 * z * z - 1);
        out[7] = -D2_XY * x * z;
        out[8] = 0.5 * D2_XY * (x * x - y * y);
        if (degree < 3) {
            return;
        }
        out[9] = -D3_3 * y * (3 * x * x - y * y);
        out[10] = D3_2 * x * y * z;
        out[11] = -D3_1 * y * (5 * z * z - 1);
        out[12] = D3_0 * z * (5 * z * z - 3);
        out[13] = -D3_1 * x * (5 * z * z - 1);
        out[14] = 0.5 * D3_2 * z * (x * x - y * y);
        out[15] = -D3_3 * x * (x * x - 3 * y * y);
    }

    /**
     * Evaluates the derivatives of the harmonics, as polynomials, with respect to x, y and z.
     *
     * @param degree 0 to 3
     * @param out receives ((degree + 1)^2, 3) values
     */
    static void differentiate(int degree, double x, double y, double z, double[] out) {
        set(out, 0, 0, 0, 0);
        if (degree < 1) {
            return;
        }
        set(out, 1, 0, -D1, 0);
        set(out, 2, 0, 0, D1);
        set(out, 3, -D1, 0, 0);
        if (degree < 2) {
            return;
        }
        set(out, 4, D2_XY * y, D2_XY * x, 0);
        set(out, 5, 0, -D2_XY * z, -D2_XY * y);
        set(out, 6, 0, 0, 6 * D2_ZZ * z);
        set(out, 7, -D2_XY * z, 0, -D2_XY * x);
        set(out, 8, D2_XY * x, -D2_XY * y, 0);
        if (degree < 3) {
            return;
        }
        set(out, 9, -6 * D3_3 * x * y, -3 * D3_3 * (x * x - y * y), 0);
        set(out, 10, D3_2 * y * z, D3_2 * x * z, D3_2 * x * y);
        set(out, 11, 0, -D3_1 * (5 * z * z - 1), -10 * D3_1 * y * z);
        set(out, 12, 0, 0, D3_0 * (15 * z * z - 3));
        set(out, 13, -D3_1 * (5 * z * z - 1), 0, -10 * D3_1 * x * z);
        set(out, 14, D3_2 * x * z, -D3_2 * y * z, 0.5 * D3_2 * (x * x - y * y));
        set(out, 15, -3 * D3_3 * (x * x - y * y), 6 * D3_3 * x * y, 0);
    }

    private static void set(double[] out, int harmonic, double dx, double dy, double dz) {
        out[3 * harmonic] = dx;
        out[3 * harmonic + 1] = dy;
        out[3 * harmonic + 2] = dz;
    }
}
