package da3.onednn;

import da3.nn.Engine;
import da3.nn.EngineProvider;
import da3.nn.Precision;
import da3.nn.shape.OperationMemory;

/** Provides {@link OneDnnEngine}. */
public final class OneDnnEngineProvider implements EngineProvider {

    @Override
    public String name() {
        return "onednn";
    }

    @Override
    public OperationMemory memory(int threads, Precision precision) {
        return new OneDnnOperationMemory(threads, precision);
    }

    @Override
    public Engine create(int threads, Precision precision) {
        return new OneDnnEngine(threads, precision);
    }
}
