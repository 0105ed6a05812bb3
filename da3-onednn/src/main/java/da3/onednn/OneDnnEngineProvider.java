package da3.onednn;

import da3.nn.Engine;
import da3.nn.EngineProvider;
import da3.nn.Precision;

/** Provides {@link OneDnnEngine}. */
public final class OneDnnEngineProvider implements EngineProvider {

    @Override
    public String name() {
        return "onednn";
    }

    @Override
    public Engine create(int threads, Precision precision) {
        return new OneDnnEngine(threads, precision);
    }
}
