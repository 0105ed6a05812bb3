package da3.onednn;

import da3.nn.Engine;
import da3.nn.EngineProvider;

/** Offers {@link OneDnnEngine}. */
public final class OneDnnEngineProvider implements EngineProvider {

    @Override
    public String name() {
        return "onednn";
    }

    @Override
    public Engine create(int threads) {
        return new OneDnnEngine(threads);
    }
}
