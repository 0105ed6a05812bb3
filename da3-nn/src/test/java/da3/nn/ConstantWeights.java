package da3.nn;

import java.nio.FloatBuffer;
import java.util.Arrays;

/** Weights with a constant value, for tests in which values do not matter. */
public final class ConstantWeights implements WeightSource {
    @Override
    public boolean has(String name) {
        return true;
    }

    @Override
    public void require(String name, int... shape) {}

    @Override
    public void read(String name, int[] shape, FloatBuffer into) {
        float[] values = new float[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
        Arrays.fill(values, 0.01f);
        into.put(values);
    }

    @Override
    public String description() {
        return "0.01";
    }

    @Override
    public void close() {}
}
