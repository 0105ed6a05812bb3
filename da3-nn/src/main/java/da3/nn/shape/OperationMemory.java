package da3.nn.shape;

import da3.nn.Activation;
import da3.nn.Parameter;
import da3.nn.Precision;
import da3.nn.RotaryPositions;

/**
 * A description of the memory that the operations of an engine need in addition to their arguments and results.
 *
 * <p>Each method allocates the temporary memory of one operation, in the order in which the engine does. It is called
 * after the result has been allocated, in a scope that closes with the operation. By default an operation needs none.
 */
public interface OperationMemory {

    /** Returns the precision of attention, and of the values between products. */
    Precision precision();

    /**
     * Returns the precision of a weight in a product; by default that of vectors per view is float32.
     *
     * @param result shape of the result
     */
    default Precision weightPrecision(Parameter weight, int[] result) {
        return result.length < 3 ? Precision.FLOAT32 : precision();
    }

    /** Returns the bytes that the native libraries of the engine keep while it is open. */
    default long libraries() {
        return 0;
    }

    /** Returns the floats of a slab of the engine's arena; by default 64 MiB. */
    default long slabFloats() {
        return 16L << 20;
    }

    /**
     * Returns the number of values that the engine keeps of the weight of a convolution; by default that of the
     * checkpoint. It is that of the first use: a weight that is also used with maps of another size may be kept twice.
     *
     * @param y shape of the result
     */
    default long keptConvolutionValues(Parameter weight, int stride, int[] y) {
        return ShapeTensor.product(weight.shape());
    }

    /**
     * A weight other than {@code PLAIN} is converted to the layout of its use, before its first use.
     *
     * @param kept number of values that the engine keeps of it
     */
    default void preparation(ShapeMemory memory, Parameter weight, long kept) {}

    /** @param as precision of the weight */
    default void linear(ShapeMemory memory, ShapeTensor x, Precision as, ShapeTensor y, Activation activation) {}

    default void layerNorm(ShapeMemory memory, ShapeTensor x) {}

    /**
     * @param qkv (batch, tokens, 3 x heads x headDim)
     * @param normalized whether queries and keys are normalized
     * @param positions may be null
     */
    default void attention(
            ShapeMemory memory, ShapeTensor qkv, int heads, boolean normalized, RotaryPositions positions) {}

    default void swiGlu(ShapeMemory memory, ShapeTensor x) {}

    default void activation(ShapeMemory memory, ShapeTensor x, Activation activation) {}

    /** A sum or a concatenation. */
    default void combination(ShapeMemory memory, ShapeTensor a, ShapeTensor b, ShapeTensor y) {}

    /** @param x (views, h, w, c) */
    default void addUv(ShapeMemory memory, ShapeTensor x) {}

    /** @param as precision of the weight */
    default void convolution(
            ShapeMemory memory,
            ShapeTensor x,
            Activation before,
            Precision as,
            int stride,
            ShapeTensor y,
            Activation after) {}

    default void transposedConvolution(ShapeMemory memory, ShapeTensor x, ShapeTensor y) {}

    default void resize(ShapeMemory memory, ShapeTensor x, ShapeTensor y) {}
}
