package da3.nn.nd4j;

import da3.nn.Parameter;
import da3.nn.WeightSource;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A weight, laid out for its use when it is first used. */
final class Nd4jParameter implements Parameter {

    private final WeightSource source;
    private final String name;
    private final Role role;
    private final int[] shape;
    private FloatMemory memory;
    private Views views;

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

    boolean isPrepared() {
        return memory != null;
    }

    /** The prepared values under a shape. */
    INDArray as(int... shape) {
        return views.dense(0, shape);
    }

    /** {@code shape} prepared values from {@code offset} on. */
    INDArray part(long offset, int... shape) {
        return views.dense(offset, shape);
    }

    void prepare() {
        FloatMemory filled = new FloatMemory(size());
        boolean complete = false;
        try {
            HostAccess.write(Nd.view(filled.buffer, 0, size()), this::fill);
            complete = true;
        } finally {
            if (!complete) {
                filled.release();
            }
        }
        memory = filled;
        views = new Views(filled.buffer);
    }

    void release() {
        if (memory != null) {
            memory.release();
            memory = null;
            views = null;
        }
    }

    private void fill(FloatBuffer into) {
        switch (role) {
            case PLAIN, LINEAR -> source.read(name, shape, into);
            // (out, in, ky, kx) -> (ky, kx, in, out): a row of taps is one matrix of 3 in x out
            case CONVOLUTION -> permute(into, shape[0], shape[1], shape[2] * shape[3], true);
            // (in, out, ky, kx) -> (in, ky, kx, out)
            case TRANSPOSED_CONVOLUTION -> permute(into, shape[0], shape[1], shape[2] * shape[3], false);
        }
    }

    private void permute(FloatBuffer into, int first, int second, int taps, boolean tapsOutermost) {
        float[] values = new float[size()];
        source.read(name, shape, FloatBuffer.wrap(values));
        int start = into.position();
        for (int a = 0; a < first; a++) {
            for (int b = 0; b < second; b++) {
                for (int k = 0; k < taps; k++) {
                    int at = tapsOutermost ? (k * second + b) * first + a : (a * taps + k) * second + b;
                    into.put(start + at, values[(a * second + b) * taps + k]);
                }
            }
        }
    }
}
