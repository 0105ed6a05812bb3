package da3.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import da3.nn.Precision;
import java.nio.FloatBuffer;

/** Rounds the rows of a matrix to 8-bit integers q between -127 and 127 with one scale s per row: x = s q. */
final class RowQuantizer {

    private final int rows;
    private final Kernel max;
    private final Kernel min;
    private final Kernel round;

    /** @param x tensor that the rows belong to */
    RowQuantizer(Kernels kernels, OneDnnTensor x, int rows) {
        int columns = x.channels();
        Layout matrix = x.dense(rows, columns);
        Layout perRow = Layout.dense(rows, 1);
        this.rows = rows;
        this.max = kernels.rowExtremum(dnnl_reduction_max, matrix, perRow);
        this.min = kernels.rowExtremum(dnnl_reduction_min, matrix, perRow);
        this.round = kernels.binary(
                dnnl_binary_mul, matrix, perRow, Layout.dense(rows, columns).withPrecision(Precision.INT8));
    }

    /**
     * Rounds the rows.
     *
     * @param from address of the first row
     * @param integers address of the results, (rows, columns)
     * @param scales address of the scales and then of their inverses, (2, rows)
     */
    void run(int worker, long from, long integers, long scales) {
        long inverses = scales + 4L * rows;
        max.run(worker, from, scales);
        min.run(worker, from, inverses);
        FloatBuffer both = NativeAddress.floats(scales, 2 * rows);
        for (int row = 0; row < rows; row++) {
            writeScale(Math.max(both.get(row), -both.get(rows + row)), both, row, rows + row);
        }
        round.run(worker, from, inverses, integers);
    }

    /**
     * Writes a scale and its inverse.
     *
     * @param largest largest magnitude of the values; NaN leads to results that are NaN
     */
    static void writeScale(float largest, FloatBuffer to, int scale, int inverse) {
        to.put(scale, largest / QuantizedWeight.MAX);
        to.put(inverse, largest == 0 ? 0 : QuantizedWeight.MAX / largest);
    }
}
