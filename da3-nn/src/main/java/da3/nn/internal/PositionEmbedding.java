package da3.nn.internal;

/**
 * The learned position embedding, which is resampled to the patch grid of an image.
 *
 * <p>Resampling is bicubic (a = -0.75) with the scale (target + offset) / source, as in the training of DINOv2. The
 * embedding of token 0 is not resampled, and neither is a grid of the same size. Reference file
 * model/dinov2/vision_transformer.py.
 */
public final class PositionEmbedding {

    private static final double A = -0.75;

    private final float[] table; // (1 + grid x grid, dim)
    private final int grid;
    private final int dim;
    private final double offset;

    /**
     * @param table (1 + grid x grid, dim)
     * @param offset added to the target size
     */
    public PositionEmbedding(float[] table, int grid, int dim, double offset) {
        this.table = table;
        this.grid = grid;
        this.dim = dim;
        this.offset = offset;
    }

    /** Returns the resampled table, (1 + rows x columns, dim). */
    public float[] resampled(int rows, int columns) {
        if (rows == grid && columns == grid) {
            return table.clone();
        }
        Taps vertical = new Taps(rows);
        Taps horizontal = new Taps(columns);
        float[] out = new float[(1 + rows * columns) * dim];
        System.arraycopy(table, 0, out, 0, dim);
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < columns; x++) {
                int to = (1 + y * columns + x) * dim;
                for (int i = 0; i < 4; i++) {
                    for (int j = 0; j < 4; j++) {
                        float weight = (float) (vertical.weight[4 * y + i] * horizontal.weight[4 * x + j]);
                        int from = (1 + vertical.index[4 * y + i] * grid + horizontal.index[4 * x + j]) * dim;
                        for (int c = 0; c < dim; c++) {
                            out[to + c] += weight * table[from + c];
                        }
                    }
                }
            }
        }
        return out;
    }

    /**
     * Returns resampling as a matrix (1 + rows x columns, 1 + grid x grid), whose product with a table is
     * differentiable.
     */
    public static float[] matrix(int grid, int rows, int columns, double offset) {
        int size = 1 + grid * grid;
        float[] identity = new float[size * size];
        for (int i = 0; i < size; i++) {
            identity[i * size + i] = 1;
        }
        return new PositionEmbedding(identity, grid, size, offset).resampled(rows, columns);
    }

    /** The four source positions and weights of every target position along an axis. */
    private final class Taps {
        final int[] index;
        final double[] weight;

        Taps(int size) {
            index = new int[4 * size];
            weight = new double[4 * size];
            double scale = grid / (size + offset);
            for (int i = 0; i < size; i++) {
                double source = (i + 0.5) * scale - 0.5;
                int floor = (int) Math.floor(source);
                for (int k = 0; k < 4; k++) {
                    index[4 * i + k] = Math.min(Math.max(floor - 1 + k, 0), grid - 1);
                    weight[4 * i + k] = cubic(Math.abs(source - (floor - 1 + k)));
                }
            }
        }
    }

    private static double cubic(double d) {
        return d <= 1 ? ((A + 2) * d - (A + 3)) * d * d + 1 : ((A * d - 5 * A) * d + 8 * A) * d - 4 * A;
    }
}
