package da3.train.objective;

/**
 * Bilinear resizing of depth to the resolution of rays, without antialiasing. The source coordinate of a pixel is
 * (index + 0.5) * size / coarseSize - 0.5, at least 0, and its upper neighbor is at most the last pixel.
 */
public final class DepthResize {

    private final int columns;
    private final int rayColumns;
    private final int[] top;
    private final int[] bottom;
    private final double[] down;
    private final int[] left;
    private final int[] right;
    private final double[] across;

    public DepthResize(int rows, int columns, int rayRows, int rayColumns) {
        this.columns = columns;
        this.rayColumns = rayColumns;
        this.top = new int[rayRows];
        this.bottom = new int[rayRows];
        this.down = new double[rayRows];
        this.left = new int[rayColumns];
        this.right = new int[rayColumns];
        this.across = new double[rayColumns];
        neighbors(rows, top, bottom, down);
        neighbors(columns, left, right, across);
    }

    private static void neighbors(int size, int[] lower, int[] upper, double[] fraction) {
        for (int i = 0; i < lower.length; i++) {
            double source = Math.max(0, (i + 0.5) * size / lower.length - 0.5);
            lower[i] = Math.min((int) source, size - 1);
            upper[i] = Math.min(lower[i] + 1, size - 1);
            fraction[i] = source - lower[i];
        }
    }

    /**
     * Returns the resized depth of one pixel.
     *
     * @param depth maps of the full size, one of which starts at {@code offset}
     */
    public double at(float[] depth, int offset, int row, int column) {
        int upper = offset + top[row] * columns;
        int lower = offset + bottom[row] * columns;
        double x = across[column];
        double above = (1 - x) * depth[upper + left[column]] + x * depth[upper + right[column]];
        double below = (1 - x) * depth[lower + left[column]] + x * depth[lower + right[column]];
        return (1 - down[row]) * above + down[row] * below;
    }

    /**
     * Adds the gradient that a resized map propagates to its full map.
     *
     * @param resized (rayRows, rayColumns)
     * @param gradient (rows, columns)
     */
    void addTransposed(double[] resized, double[] gradient) {
        for (int i = 0; i < top.length; i++) {
            int upper = top[i] * columns;
            int lower = bottom[i] * columns;
            for (int j = 0; j < rayColumns; j++) {
                double value = resized[i * rayColumns + j];
                double above = (1 - down[i]) * value;
                double below = down[i] * value;
                gradient[upper + left[j]] += (1 - across[j]) * above;
                gradient[upper + right[j]] += across[j] * above;
                gradient[lower + left[j]] += (1 - across[j]) * below;
                gradient[lower + right[j]] += across[j] * below;
            }
        }
    }
}
