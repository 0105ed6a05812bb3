package da3.core;

import da3.nn.Engine;
import da3.nn.EngineProvider;
import java.util.List;
import java.util.ServiceLoader;

/** Finds the engines on the class path. */
public final class Engines {

    private Engines() {}

    /**
     * @throws IllegalArgumentException for an unknown engine; the message lists those that are there
     * @throws IllegalStateException if there is none, or it cannot run on this machine
     */
    public static Engine create(EngineOptions options) {
        int threads = options.threads() == 0 ? Runtime.getRuntime().availableProcessors() : options.threads();
        List<EngineProvider> providers = ServiceLoader.load(EngineProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        if (providers.isEmpty()) {
            throw new IllegalStateException("no engine on the class path: depend on da3-cpu");
        }
        if (options.engine().equals(EngineOptions.AUTO)) {
            return providers.get(0).create(threads);
        }
        return providers.stream()
                .filter(provider -> provider.name().equals(options.engine()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown engine '" + options.engine()
                        + "'; legal: auto, "
                        + String.join(
                                ", ",
                                providers.stream().map(EngineProvider::name).toList())))
                .create(threads);
    }
}
