package da3.onnx;

import da3.nn.Parameter;
import da3.nn.WeightSource;
import java.nio.FloatBuffer;

/** A parameter whose values become constants of the graph, in the layout of each use. */
record GraphParameter(WeightSource source, String name, int[] shape) implements Parameter {

    static GraphParameter of(Parameter parameter) {
        return (GraphParameter) parameter;
    }

    /** Returns the values in the layout of the checkpoint. */
    Initializer unchanged() {
        return Initializer.ofFloats(name, this::read, shape);
    }

    /** Returns the values in the layout of the checkpoint under another shape. */
    Initializer reshaped(int... newShape) {
        return Initializer.ofFloats(name + ".reshaped", this::read, newShape);
    }

    /** Returns the transposed matrix of a linear map: (out, in) -> (in, out). */
    Initializer transposed() {
        return Initializer.ofFloats(name + ".transposed", () -> transpose(read()), inputs(), outputs());
    }

    /** Returns the transposed matrix of a linear map as 8-bit integers: (out, in) -> (in, out). */
    Initializer quantized() {
        return Initializer.ofBytes(
                name + ".quantized", () -> SymmetricInt8.of(read(), outputs()).transposed(), inputs(), outputs());
    }

    /** Returns the scales of {@link #quantized}, (out). */
    Initializer scales() {
        return Initializer.ofFloats(
                name + ".scales", () -> SymmetricInt8.of(read(), outputs()).scales(), outputs());
    }

    /** Returns the number of output channels of a linear map. */
    int outputs() {
        return shape[0];
    }

    /** Returns the number of input channels of a linear map. */
    int inputs() {
        return size() / shape[0];
    }

    private float[] read() {
        float[] values = new float[size()];
        source.read(name, shape, FloatBuffer.wrap(values));
        return values;
    }

    private int size() {
        int size = 1;
        for (int length : shape) {
            size = Math.multiplyExact(size, length);
        }
        return size;
    }

    private float[] transpose(float[] matrix) {
        int rows = outputs();
        int columns = inputs();
        float[] transposed = new float[matrix.length];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                transposed[c * rows + r] = matrix[r * columns + c];
            }
        }
        return transposed;
    }
}
