package da3.nn.shape;

import da3.nn.WeightSource;
import java.nio.FloatBuffer;

/** A weight source that has every tensor in the expected shape, but no values. */
public final class ShapeOnlyWeights implements WeightSource {

    @Override
    public boolean has(String name) {
        return true;
    }

    @Override
    public void require(String name, int... shape) {}

    /** @throws UnsupportedOperationException always */
    @Override
    public void read(String name, int[] shape, FloatBuffer into) {
        throw new UnsupportedOperationException("weights of a shape-only network have no values: " + name);
    }

    @Override
    public String description() {
        return "shapes without values";
    }

    @Override
    public void close() {}
}
