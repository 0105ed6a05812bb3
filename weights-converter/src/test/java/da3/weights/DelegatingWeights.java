package da3.weights;

import da3.nn.WeightSource;
import java.nio.FloatBuffer;

/** Another source, to be changed in some point. */
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
