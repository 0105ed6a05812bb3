package da3.onnx;

/**
 * A matrix (rows, columns) as 8-bit integers -127 to 127 with one scale per row, such that the largest magnitude of a
 * row is 127.
 *
 * @param transposed integers, (columns, rows)
 * @param scales value of the integer 1, (rows)
 */
record SymmetricInt8(byte[] transposed, float[] scales) {

    private static final int LARGEST = 127;

    static SymmetricInt8 of(float[] matrix, int rows) {
        int columns = matrix.length / rows;
        byte[] integers = new byte[matrix.length];
        float[] scales = new float[rows];
        for (int r = 0; r < rows; r++) {
            float largest = 0;
            for (int c = 0; c < columns; c++) {
                largest = Math.max(largest, Math.abs(matrix[r * columns + c]));
            }
            scales[r] = largest == 0 ? 1 : largest / LARGEST;
            for (int c = 0; c < columns; c++) {
                integers[c * rows + r] = (byte) Math.round(matrix[r * columns + c] / scales[r]);
            }
        }
        return new SymmetricInt8(integers, scales);
    }
}
