package da3.nn.internal;

import da3.nn.DptConfig;
import da3.nn.Engine;
import da3.nn.Scope;
import da3.nn.Tensor;

/**
 * A sine-cosine embedding of pixel positions in the image plane, scaled so that the image diagonal has length 2.
 *
 * <p>It is separable: the first half of the channels depends only on the column, the second half only on the row.
 * Reference file model/utils/head_utils.py.
 *
 * @param u (columns, channels / 2)
 * @param v (rows, channels / 2)
 */
public record UvEmbedding(float[] u, float[] v) {

    /**
     * Computes the embedding of a feature map.
     *
     * @param aspect width / height of the image
     * @param omega base of the frequencies
     * @param ratio scale of all values
     */
    public static UvEmbedding of(int rows, int columns, int channels, double aspect, double omega, double ratio) {
        return new UvEmbedding(
                horizontal(columns, channels, aspect, omega, ratio), vertical(rows, channels, aspect, omega, ratio));
    }

    private static float[] horizontal(int columns, int channels, double aspect, double omega, double ratio) {
        return axis(columns, aspect / Math.hypot(aspect, 1), channels / 4, omega, ratio);
    }

    private static float[] vertical(int rows, int channels, double aspect, double omega, double ratio) {
        return axis(rows, 1 / Math.hypot(aspect, 1), channels / 4, omega, ratio);
    }

    /**
     * Returns the positions of pixel centers in the image plane.
     *
     * @param aspect width / height of the image
     * @return (rows, columns, 2), x before y
     */
    public static float[] centers(int rows, int columns, double aspect) {
        double diagonal = Math.hypot(aspect, 1);
        float[] centers = new float[rows * columns * 2];
        for (int i = 0; i < rows * columns; i++) {
            centers[2 * i] = (float) coordinate(i % columns, columns, aspect / diagonal);
            centers[2 * i + 1] = (float) coordinate(i / columns, rows, 1 / diagonal);
        }
        return centers;
    }

    /** Returns the center of cell {@code i} of {@code n} cells that cover -span to span. */
    static double coordinate(int i, int n, double span) {
        double end = span * (n - 1) / n;
        return n == 1 ? -end : -end + 2 * end * i / (n - 1);
    }

    private static float[] axis(int n, double span, int frequencies, double omega, double ratio) {
        float[] table = new float[n * 2 * frequencies];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < frequencies; k++) {
                double angle = coordinate(i, n, span) / Math.pow(omega, (double) k / frequencies);
                table[i * 2 * frequencies + k] = (float) (Math.sin(angle) * ratio);
                table[i * 2 * frequencies + frequencies + k] = (float) (Math.cos(angle) * ratio);
            }
        }
        return table;
    }

    /** Adds the embedding to every view of x (views, h, w, c), which must not be used again; see {@link Engine#addUv}. */
    public static Tensor add(Engine engine, Tensor x, double aspect, DptConfig config) {
        int h = x.size(1);
        int w = x.size(2);
        int c = x.size(3);
        double omega = config.posEmbedOmega();
        double ratio = config.posEmbedRatio();
        try (Scope scope = engine.scope()) {
            Tensor u = engine.upload(() -> horizontal(w, c, aspect, omega, ratio), w, c / 2);
            Tensor v = engine.upload(() -> vertical(h, c, aspect, omega, ratio), h, c / 2);
            return scope.keep(engine.addUv(x, u, v));
        }
    }
}
