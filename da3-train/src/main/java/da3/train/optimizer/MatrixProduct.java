package da3.train.optimizer;

import java.util.function.Function;

/** A matrix product, which lets an engine compute the most expensive part of {@link Muon}. */
@FunctionalInterface
public interface MatrixProduct {

    /**
     * Writes {@code a * b} or, with {@code transposed}, {@code a * b^T} to {@code out}. All matrices are row-major, and
     * {@code out} must not be one of the factors.
     *
     * @param a (rows, inner)
     * @param b (inner, columns); with {@code transposed} (columns, inner)
     * @param out (rows, columns)
     */
    void multiply(float[] a, float[] b, boolean transposed, int rows, int inner, int columns, float[] out);

    /**
     * Runs work that computes many products one after another. An engine is then waited for once, not for each product.
     *
     * @param work receives the product to call, which is valid until {@code work} returns
     */
    default <T> T together(Function<MatrixProduct, T> work) {
        return work.apply(this);
    }
}
