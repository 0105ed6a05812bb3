package da3.verify;

import da3.geometry.check.Check;
import da3.weights.safetensors.DType;
import da3.weights.safetensors.SafetensorsFile;
import da3.weights.safetensors.SafetensorsWriter;
import da3.weights.safetensors.TensorInfo;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * A tensor of a golden case, or a computed one to compare with it.
 *
 * @param dtype F32, F64, I64 or U8
 * @param values a {@code float[]}, {@code double[]}, {@code long[]} or {@code byte[]}, according to the dtype
 */
record GoldenTensor(DType dtype, long[] shape, Object values) {

    static GoldenTensor of(float[] values, long... shape) {
        return new GoldenTensor(DType.F32, shape, values);
    }

    static GoldenTensor of(double[] values, long... shape) {
        return new GoldenTensor(DType.F64, shape, values);
    }

    static GoldenTensor of(long[] values, long... shape) {
        return new GoldenTensor(DType.I64, shape, values);
    }

    static GoldenTensor of(byte[] values, long... shape) {
        return new GoldenTensor(DType.U8, shape, values);
    }

    static GoldenTensor read(SafetensorsFile file, String name) throws IOException {
        TensorInfo info = file.tensors().get(name);
        if (info == null) {
            throw new IllegalArgumentException(file.path() + " has no tensor " + name);
        }
        Object values =
                switch (info.dtype()) {
                    case F32 -> {
                        float[] floats = new float[Math.toIntExact(info.elements())];
                        file.readFloats(name, FloatBuffer.wrap(floats));
                        yield floats;
                    }
                    case F64 -> file.readDoubles(name);
                    case I64 -> file.readLongs(name);
                    case U8 -> file.readBytes(name);
                    default -> throw Check.invalid("dtype of " + name, "F32, F64, I64 or U8", info.dtype());
                };
        return new GoldenTensor(info.dtype(), info.shape(), values);
    }

    int size(int axis) {
        return Math.toIntExact(shape[axis < 0 ? shape.length + axis : axis]);
    }

    int length() {
        return java.lang.reflect.Array.getLength(values);
    }

    double[] doubles() {
        double[] out = new double[length()];
        for (int i = 0; i < out.length; i++) {
            out[i] = at(i);
        }
        return out;
    }

    float[] floats() {
        if (values instanceof float[] floats) {
            return floats;
        }
        float[] out = new float[length()];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) at(i);
        }
        return out;
    }

    long[] longs() {
        return (long[]) values;
    }

    byte[] bytes() {
        return (byte[]) values;
    }

    /** Returns a value; bytes are unsigned. */
    double at(int i) {
        if (values instanceof float[] v) {
            return v[i];
        }
        if (values instanceof double[] v) {
            return v[i];
        }
        if (values instanceof long[] v) {
            return v[i];
        }
        return ((byte[]) values)[i] & 0xff;
    }

    SafetensorsWriter.Entry entry() {
        return new SafetensorsWriter.Entry(dtype, shape, values);
    }

    @Override
    public String toString() {
        return dtype + Arrays.toString(shape);
    }
}
