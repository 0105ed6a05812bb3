package da3.nn.nd4j;

import da3.nn.Engine;
import da3.nn.EngineProvider;
import da3.nn.Precision;

/** Offers {@link Nd4jEngine}. */
public final class Nd4jEngineProvider implements EngineProvider {

    /** Measured with nd4j-native and two threads; code and OpenBLAS's buffers above all. */
    private static final long ADDRESS_SPACE_BYTES = 1_100_000_000;

    @Override
    public String name() {
        return "nd4j";
    }

    /** OpenBLAS ends the process where it is refused memory, so that it must be known before. */
    @Override
    public long addressSpaceBytes() {
        return ADDRESS_SPACE_BYTES;
    }

    @Override
    public Engine create(int threads, Precision precision) {
        if (precision != Precision.FLOAT32) {
            throw new IllegalStateException("the nd4j engine computes in float32, not " + precision.id());
        }
        return new Nd4jEngine(threads);
    }
}
