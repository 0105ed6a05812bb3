package da3.weights;

import da3.nn.WeightSource;
import java.nio.FloatBuffer;

/** A source that delegates to another one, for subclasses to override. */
class DelegatingWeights implements WeightSource {

    private final WeightSource source;

    DelegatingWeights(WeightSource source) {
        this.source = source;
    }

    @Override
    public boolean has(String name) {
        return source.has(name);
    }

    @Override
    public void require(String name, int... shape) {
        source.require(name, shape);
    }

    @Override
    public void read(String name, int[] shape, FloatBuffer into) {
        source.read(name, shape, into);
    }

    @Override
    public String description() {
        return source.description();
    }

    @Override
    public void close() {}
}
