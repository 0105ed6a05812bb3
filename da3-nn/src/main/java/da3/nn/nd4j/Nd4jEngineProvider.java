package da3.nn.nd4j;

import da3.nn.Engine;
import da3.nn.EngineProvider;

/** Offers {@link Nd4jEngine}. */
public final class Nd4jEngineProvider implements EngineProvider {

    @Override
    public String name() {
        return "nd4j";
    }

    @Override
    public Engine create(int threads) {
        return new Nd4jEngine(threads);
    }
}
