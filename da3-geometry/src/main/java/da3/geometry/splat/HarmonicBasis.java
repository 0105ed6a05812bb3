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
}
