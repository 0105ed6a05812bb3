package da3.nn.internal;

/**
 * The learned position embedding, resampled to the grid of patches at hand.
 *
 * <p>Bicubic (a = -0.75) with the scale (target + offset) / source, as DINOv2 was trained with; token 0's embedding is
 * not resampled. A grid equal to the source's is used as it is. Reference file model/dinov2/vision_transformer.py.
 */
public final class PositionEmbedding {

    private static final double A = -0.75;

    private final float[] table; // (1 + grid x grid, dim)
    private final int grid;
    private final int dim;
    private final double offset;

    public PositionEmbedding(float[] table, int grid, int dim, double offset) {
        this.table = table;
        this.grid = grid;
        this.dim = dim;
        this.offset = offset;
    }

    /** (1 + rows x columns, dim). */
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
                int at = (1 + y * columns + x) * dim;
                for (int i = 0; i < 4; i++) {
                    for (int j = 0; j < 4; j++) {
                        float weight = (float) (vertical.weight[4 * y + i] * horizontal.weight[4 * x + j]);
                        int from = (1 + vertical.index[4 * y + i] * grid + horizontal.index[4 * x + j]) * dim;
                        for (int c = 0; c < dim; c++) {
                            out[at + c] += weight * table[from + c];
                        }
                    }
                }
            }
        }
        return out;
    }

    /**
     * The resampling as a matrix (1 + rows x columns, 1 + grid x grid), to be multiplied by a table of any values: the
     * form that has a gradient.
     */
    public static float[] matrix(int grid, int rows, int columns, double offset) {
        int size = 1 + grid * grid;
        float[] identity = new float[size * size];
        for (int i = 0; i < size; i++) {
            identity[i * size + i] = 1;
        }
        return new PositionEmbedding(identity, grid, size, offset).resampled(rows, columns);
    }

    /** Four source positions and weights for every target position along an axis. */
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
