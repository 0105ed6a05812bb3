package da3.nn.nd4j;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J operations that write into given arrays. */
final class Nd {

    private Nd() {}

    /**
     * Returns the number of values of a shape.
     *
     * @throws IllegalArgumentException if there are more than an array can hold
     */
    static int product(int... shape) {
        long n = 1;
        for (int s : shape) {
            n *= s;
            if (n > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("a tensor of shape " + Arrays.toString(shape)
                        + " has more than 2^31 - 1 values: use fewer or smaller views");
            }
        }
        return (int) n;
    }

    /** Returns a dense row-major array over part of a buffer. */
    static INDArray view(DataBuffer buffer, long offset, int... shape) {
        return view(buffer, offset, shape, denseStrides(shape));
    }

    /** Returns a strided array over part of a buffer. Slicing in ND4J mishandles large offsets, so this avoids it. */
    static INDArray view(DataBuffer buffer, long offset, int[] shape, int[] strides) {
        return Nd4j.create(buffer, longs(shape), longs(strides), offset, 'c', DataType.FLOAT);
    }

    static int[] denseStrides(int... shape) {
        int[] strides = new int[shape.length];
        int stride = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= shape[i];
        }
        return strides;
    }

    private static long[] longs(int[] values) {
        return Arrays.stream(values).asLongStream().toArray();
    }

    /** Computes out = a b, or a b^T. */
    static void matmul(INDArray a, INDArray b, boolean transposeB, INDArray out) {
        matmul(a, false, b, transposeB, out);
    }

    /** Computes out = a b, where either factor may be stored transposed. */
    static void matmul(INDArray a, boolean transposeA, INDArray b, boolean transposeB, INDArray out) {
        Nd4j.matmul(a, b, out, transposeA, transposeB, false);
    }

    /** Computes out += a b. */
    static void addMatmul(INDArray a, INDArray b, INDArray out) {
        addMatmul(a, false, b, out);
    }

    /** Computes out += a b, where {@code a} may be stored transposed. */
    static void addMatmul(INDArray a, boolean transposeA, INDArray b, INDArray out) {
        Nd4j.gemm(a, b, out, transposeA, false, 1, 1);
    }

    /** Adds a row to every row of a matrix. */
    static void addRow(INDArray matrix, INDArray row) {
        exec("biasadd", matrix, matrix, row);
    }

    /** Computes out = operation(inputs) with the broadcasting of ND4J. */
    static void exec(String operation, INDArray out, INDArray... inputs) {
        Nd4j.exec(DynamicCustomOp.builder(operation)
                .addInputs(inputs)
                .addOutputs(out)
                .build());
    }

    static void clip(INDArray x, double min, double max, INDArray out) {
        Nd4j.exec(DynamicCustomOp.builder("clipbyvalue")
                .addInputs(x)
                .addOutputs(out)
                .addFloatingPointArguments(min, max)
                .build());
    }

    /** Applies a softmax over the last axis, in place. The fast path of ND4J requires at least three axes. */
    static void softmax(INDArray scores) {
        Nd4j.exec(DynamicCustomOp.builder("softmax")
                .addInputs(scores)
                .addOutputs(scores)
                .addIntegerArguments(scores.rank() - 1)
                .build());
    }

    /** Resizes (views, h, w, c) bilinearly with aligned corners to the size of out. */
    static void resizeBilinear(INDArray x, INDArray out) {
        Nd4j.exec(DynamicCustomOp.builder("resize_bilinear")
                .addInputs(x)
                .addOutputs(out)
                .addIntegerArguments((int) out.size(1), (int) out.size(2))
                .addBooleanArguments(true, false)
                .build());
    }

    /** Concatenates dense arrays along an axis. */
    static void concat(int axis, INDArray out, INDArray... parts) {
        Nd4j.exec(DynamicCustomOp.builder("concat")
                .addInputs(parts)
                .addOutputs(out)
                .addIntegerArguments(axis)
                .build());
    }
}
