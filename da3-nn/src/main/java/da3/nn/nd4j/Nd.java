package da3.nn.nd4j;

import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J operations, each into an array that is given. */
final class Nd {

    private Nd() {}

    static int product(int... shape) {
        int n = 1;
        for (int s : shape) {
            n = Math.multiplyExact(n, s);
        }
        return n;
    }

    /** A dense row-major array over part of a buffer. */
    static INDArray view(DataBuffer buffer, long offset, int... shape) {
        long[] sizes = new long[shape.length];
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            sizes[i] = shape[i];
            strides[i] = stride;
            stride *= shape[i];
        }
        return Nd4j.create(buffer, sizes, strides, offset, 'c', DataType.FLOAT);
    }

    /** Columns of a dense matrix that begins at {@code offset}: an array with gaps. */
    static INDArray columns(DataBuffer buffer, long offset, int rows, int columns, int from, int count) {
        return Nd4j.create(
                buffer, new long[] {rows, count}, new long[] {columns, 1}, offset + from, 'c', DataType.FLOAT);
    }

    /** out = a b, or a b^T. */
    static void matmul(INDArray a, INDArray b, boolean transposeB, INDArray out) {
        Nd4j.matmul(a, b, out, false, transposeB, false);
    }

    /** out += a b. */
    static void addMatmul(INDArray a, INDArray b, INDArray out) {
        Nd4j.gemm(a, b, out, false, false, 1, 1);
    }

    /** Adds a row to every row of a matrix. */
    static void addRow(INDArray matrix, INDArray row) {
        exec("biasadd", matrix, matrix, row);
    }

    /** out = operation(inputs), with ND4J's broadcasting. */
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

    /** Over the last axis, in place. Three axes: ND4J's fast path wants more than two. */
    static void softmax(INDArray scores) {
        Nd4j.exec(DynamicCustomOp.builder("softmax")
                .addInputs(scores)
                .addOutputs(scores)
                .addIntegerArguments(scores.rank() - 1)
                .build());
    }

    /** Corners aligned: (views, h, w, c) to out's rows and columns. */
    static void resizeBilinear(INDArray x, INDArray out) {
        Nd4j.exec(DynamicCustomOp.builder("resize_bilinear")
                .addInputs(x)
                .addOutputs(out)
                .addIntegerArguments((int) out.size(1), (int) out.size(2))
                .addBooleanArguments(true, false)
                .build());
    }

    /** Joins dense arrays along an axis. */
    static void concat(int axis, INDArray out, INDArray... parts) {
        Nd4j.exec(DynamicCustomOp.builder("concat")
                .addInputs(parts)
                .addOutputs(out)
                .addIntegerArguments(axis)
                .build());
    }
}
