package da3.nn.nd4j;

import da3.geometry.check.Check;
import da3.nn.Engine;
import da3.nn.EngineProvider;
import da3.nn.Precision;
import da3.nn.shape.OperationMemory;

/** Provides {@link Nd4jEngine}. */
public final class Nd4jEngineProvider implements EngineProvider {

    /** Measured with nd4j-native and two threads; mostly code and buffers of OpenBLAS. */
    private static final long ADDRESS_SPACE_BYTES = 1_100_000_000;

    @Override
    public String name() {
        return "nd4j";
    }

    /** {@inheritDoc} OpenBLAS aborts the process if it gets no memory, so callers must check in advance. */
    @Override
    public long addressSpaceBytes() {
        return ADDRESS_SPACE_BYTES;
    }

    @Override
    public OperationMemory memory(int threads, Precision precision) {
        return new Nd4jOperationMemory();
    }

    @Override
    public Engine create(int threads, Precision precision) {
        if (precision != Precision.FLOAT32) {
            throw new IllegalStateException(Check.message("precision of the nd4j engine", "float32", precision.id()));
        }
        return new Nd4jEngine(threads);
    }
}
