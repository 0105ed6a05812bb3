package da3.train.optimizer;

/** Multiplies matrices, so that an engine can do what costs most in {@link Muon}. */
@FunctionalInterface
public interface MatrixProduct {

    /**
     * Writes {@code a * b} or, with {@code transposed}, {@code a * b^T} to {@code out}. All matrices are row-major, and
     * {@code out} is neither of the factors.
     *
     * @param a (rows, inner)
     * @param b (inner, columns); with {@code transposed} (columns, inner)
     * @param out (rows, columns)
     */
    void multiply(float[] a, float[] b, boolean transposed, int rows, int inner, int columns, float[] out);
}
