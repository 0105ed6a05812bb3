package da3.onednn;

import da3.nn.Precision;

/**
 * Matrices of Winograd's minimal filtering F(m, r), which computes m outputs of a filter with r taps from n = m + r - 1
 * products instead of m r: y = output ((kernel g) * (input d)), where * is elementwise (arXiv 1509.09308, section 3).
 *
 * <p>It is the transpose of a multiplication of polynomials (Toom-Cook) that uses their values at n - 1 points and at
 * infinity. Here n is always 6: F(4, 3) for convolutions, and F(3, 4) for their weight gradients. With the points 0,
 * 1, -1, 1/2 and -2, rounding errors are about 1.5 times those of direct convolution (with 2 instead of 1/2, 1.9
 * times). They are relative to the largest value in the rows of a tile. The entries of {@code input} and {@code
 * output} are exact in float32; only those of {@code kernel} are rounded.
 *
 * @param input (n, n)
 * @param kernel (n, r)
 * @param output (m, n)
 */
record Winograd(float[] input, float[] kernel, float[] output) {

    /** Number of products. */
    static final int N = 6;

    /** Rows and columns of a kernel. */
    static final int TAPS = 3;

    /** Rows of a result that one tile computes. */
    static final int TILE_ROWS = 4;

    /** The product at the point 1, which contributes to all outputs with weight 1. */
    static final int BIAS_PRODUCT = 1;

    /** With fewer channels or smaller maps, the transforms take longer than the products that they save. */
    private static final int MIN_CHANNELS = 32;

    /** Minimum of input times output channels. */
    private static final int MIN_CHANNEL_PAIRS = 64 * 32;

    private static final int MIN_PIXELS = 1024;

    /** For weight gradients, which also transform the output gradient. */
    private static final int MIN_WEIGHT_GRADIENT_PIXELS = 2048;

    private static final double[] POINTS = {0, 1, -1, 0.5, -2};

    /** F(4, 3): four result rows of a 3x3 convolution from six input rows. */
    static final Winograd CONVOLUTION = of(TILE_ROWS, TAPS);

    /** F(3, 4): three rows of a kernel's gradient from six input rows and four rows of the output gradient. */
    static final Winograd WEIGHT_GRADIENT = of(TAPS, TILE_ROWS);

    /**
     * Returns whether a 3x3 convolution is computed this way. In bfloat16 it is not, since the transforms would amplify
     * rounding errors.
     *
     * @param rows rows of the result
     * @param columns columns of the result
     */
    static boolean applies(Precision precision, int stride, int rows, int columns, int in, int out) {
        return precision == Precision.FLOAT32
                && stride == 1
                && rows >= TILE_ROWS
                && rows * columns >= MIN_PIXELS
                && Math.min(in, out) >= MIN_CHANNELS
                && in * out >= MIN_CHANNEL_PAIRS;
    }

    /** Returns whether the gradient of a 3x3 convolution for its weight is computed this way. */
    static boolean appliesToWeightGradient(Precision precision, int stride, int rows, int columns, int in, int out) {
        return applies(precision, stride, rows, columns, in, out) && rows * columns >= MIN_WEIGHT_GRADIENT_PIXELS;
    }

    private static Winograd of(int m, int r) {
        float[] input = new float[N * N];
        float[] kernel = new float[N * r];
        float[] output = new float[m * N];
        for (int i = 0; i < N; i++) {
            double[] others = productOfOthers(i);
            double norm = i == POINTS.length ? 1 : value(others, POINTS[i]);
            for (int j = 0; j < N; j++) {
                input[i * N + j] = (float) others[j];
            }
            for (int j = 0; j < r; j++) {
                kernel[i * r + j] = (float) (power(i, j, r - 1) / norm);
            }
            for (int j = 0; j < m; j++) {
                output[j * N + i] = (float) power(i, j, m - 1);
            }
        }
        return new Winograd(input, kernel, output);
    }

    /** Returns the coefficients of the product of x - p over all points p but one, or over all points at infinity. */
    private static double[] productOfOthers(int point) {
        double[] product = new double[N];
        product[0] = 1;
        for (int i = 0; i < POINTS.length; i++) {
            if (i != point) {
                for (int j = N - 1; j >= 0; j--) {
                    product[j] = (j > 0 ? product[j - 1] : 0) - POINTS[i] * product[j];
                }
            }
        }
        return product;
    }

    private static double value(double[] coefficients, double x) {
        double value = 0;
        for (int j = coefficients.length - 1; j >= 0; j--) {
            value = value * x + coefficients[j];
        }
        return value;
    }

    /** Returns a power of a point; at infinity only the highest one counts. */
    private static double power(int point, int exponent, int highest) {
        if (point == POINTS.length) {
            return exponent == highest ? 1 : 0;
        }
        return Math.pow(POINTS[point], exponent);
    }
}
