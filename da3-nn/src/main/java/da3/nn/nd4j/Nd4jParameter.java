package da3.nn.nd4j;

import da3.geometry.check.Check;
import da3.nn.Parameter;
import da3.nn.WeightSource;
import java.nio.FloatBuffer;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A parameter that is stored in the layout of its use, which happens on first use. */
final class Nd4jParameter implements Parameter {

    private final WeightSource source;
    private final String name;
    private final Role role;
    private final int[] shape;
    private FloatMemory memory;
    private ArrayViews views;

    Nd4jParameter(WeightSource source, String name, Role role, int... shape) {
        this.source = source;
        this.name = name;
        this.role = role;
        this.shape = shape;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int[] shape() {
        return shape;
    }

    int size() {
        return Nd.product(shape);
    }

    /** Returns a parameter of this engine, after reading its values if necessary. */
    static Nd4jParameter prepared(Parameter parameter) {
        Nd4jParameter p = (Nd4jParameter) parameter;
        if (!p.isPrepared()) {
            p.prepare();
        }
        return p;
    }

    private boolean isPrepared() {
        return memory != null;
    }

    /** Returns the bytes of the prepared values, 0 before the first use. */
    long preparedBytes() {
        return isPrepared() ? (long) Float.BYTES * size() : 0;
    }

    /** Returns the prepared values in another shape. */
    INDArray as(int... shape) {
        return views.dense(0, shape);
    }

    /** Returns some of the prepared values, beginning at an offset. */
    INDArray part(long offset, int... shape) {
        return views.dense(offset, shape);
    }

    /** Returns the values as a tensor in the shape of the checkpoint. */
    Nd4jTensor value(TensorMemory memory) {
        Nd4jTensor out = memory.tensor(shape);
        out.array.assign(original());
        return out;
    }

    private INDArray original() {
        return switch (role) {
            case PLAIN, LINEAR -> as(shape);
            case CONVOLUTION -> as(3, 3, shape[1], shape[0]).permute(3, 2, 0, 1);
            case TRANSPOSED_CONVOLUTION ->
                as(shape[0], shape[2], shape[3], shape[1]).permute(0, 3, 1, 2);
        };
    }

    /**
     * Replaces the values.
     *
     * @throws IllegalArgumentException if their number differs from that of the parameter
     */
    void assign(float[] values) {
        if (values.length != size()) {
            throw Check.invalid("number of values of " + name, String.valueOf(size()), values.length);
        }
        if (isPrepared()) {
            HostAccess.write(as(size()), into -> writeInLayout(values, into));
        } else {
            prepare(into -> writeInLayout(values, into));
        }
    }

    /** Reads the values from the source. */
    private void prepare() {
        prepare(this::read);
    }

    private void prepare(Consumer<FloatBuffer> writer) {
        FloatMemory filled = new FloatMemory(size());
        boolean complete = false;
        try {
            HostAccess.write(Nd.view(filled.buffer, 0, size()), writer);
            complete = true;
        } finally {
            if (!complete) {
                filled.release();
            }
        }
        memory = filled;
        views = new ArrayViews(filled.buffer);
    }

    void release() {
        if (memory != null) {
            memory.release();
            memory = null;
            views = null;
        }
    }

    private void read(FloatBuffer into) {
        if (role == Role.PLAIN || role == Role.LINEAR) {
            source.read(name, shape, into);
            return;
        }
        float[] values = new float[size()];
        source.read(name, shape, FloatBuffer.wrap(values));
        writeInLayout(values, into);
    }

    /** Writes values in the order of the checkpoint to the layout of their use. */
    private void writeInLayout(float[] values, FloatBuffer into) {
        switch (role) {
            case PLAIN, LINEAR -> into.put(values);
            // (out, in, ky, kx) -> (ky, kx, in, out): a row of taps is one matrix of 3 in x out
            case CONVOLUTION -> permute(values, into, true);
            // (in, out, ky, kx) -> (in, ky, kx, out)
            case TRANSPOSED_CONVOLUTION -> permute(values, into, false);
        }
    }

    private void permute(float[] values, FloatBuffer into, boolean tapsOutermost) {
        int first = shape[0];
        int second = shape[1];
        int taps = shape[2] * shape[3];
        int start = into.position();
        for (int a = 0; a < first; a++) {
            for (int b = 0; b < second; b++) {
                for (int k = 0; k < taps; k++) {
                    int offset = tapsOutermost ? (k * second + b) * first + a : (a * taps + k) * second + b;
                    into.put(start + offset, values[(a * second + b) * taps + k]);
                }
            }
        }
    }
}
