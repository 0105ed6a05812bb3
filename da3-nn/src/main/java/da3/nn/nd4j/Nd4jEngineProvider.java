package da3.nn.nd4j;

import da3.nn.Engine;
import da3.nn.EngineProvider;
import da3.nn.Precision;

/** Offers {@link Nd4jEngine}. */
public final class Nd4jEngineProvider implements EngineProvider {

    @Override
    public String name() {
        return "nd4j";
    }

    @Override
    public Engine create(int threads, Precision precision) {
        if (precision != Precision.FLOAT32) {
            throw new IllegalStateException("the nd4j engine computes in float32, not " + precision.id());
        }
        return new Nd4jEngine(threads);
    }
}
