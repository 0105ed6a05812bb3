package da3.core;

import da3.geometry.check.Check;
import da3.nn.Engine;
import da3.nn.EngineProvider;
import da3.nn.Precision;
import da3.nn.shape.OperationMemory;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Finds the engines on the class path. */
public final class Engines {

    /** Names of engines, the fastest first; other engines come last. */
    private static final List<String> BY_SPEED = List.of("onednn", "nd4j");

    private Engines() {}

    /**
     * Creates an engine.
     *
     * @throws IllegalArgumentException if the engine is unknown; the message lists the available ones
     * @throws IllegalStateException if there is no engine, or it does not run on this machine
     */
    public static Engine create(EngineOptions options) {
        List<EngineProvider> providers = providers();
        if (options.engine().equals(EngineOptions.AUTO)) {
            return fastest(providers, threads(options), options.precision());
        }
        EngineProvider named = named(options.engine(), providers);
        return create(named, threads(options), options.precision(), AddressSpace.available());
    }

    /** Describes the memory of operations on an engine, without creating it. */
    static OperationMemory memory(EngineOptions options) {
        List<EngineProvider> providers = providers();
        EngineProvider provider =
                options.engine().equals(EngineOptions.AUTO) ? providers.get(0) : named(options.engine(), providers);
        return provider.memory(threads(options), options.precision());
    }

    /** Describes the memory of operations on an engine. */
    static OperationMemory memory(Engine engine) {
        return named(engine.name(), providers()).memory(engine.threads(), Precision.of(engine.precision()));
    }

    private static int threads(EngineOptions options) {
        return options.threads() == 0 ? Runtime.getRuntime().availableProcessors() : options.threads();
    }

    /** Returns the providers on the class path, the fastest first. */
    private static List<EngineProvider> providers() {
        List<EngineProvider> providers = ServiceLoader.load(EngineProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(Engines::rank).thenComparing(EngineProvider::name))
                .toList();
        if (providers.isEmpty()) {
            throw new IllegalStateException("no engine on the class path: depend on da3-cpu");
        }
        return providers;
    }

    private static EngineProvider named(String name, List<EngineProvider> providers) {
        return providers.stream()
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Check.invalid(
                        "engine",
                        "one of auto, "
                                + providers.stream()
                                        .map(EngineProvider::name)
                                        .sorted()
                                        .collect(Collectors.joining(", ")),
                        "'" + name + "'"));
    }

    /** @param addressSpace remaining bytes of the process's address space, empty if unlimited */
    static Engine create(EngineProvider provider, int threads, Precision precision, OptionalLong addressSpace) {
        long needed = provider.addressSpaceBytes();
        if (addressSpace.isPresent() && needed > addressSpace.getAsLong()) {
            throw new IllegalStateException("the " + provider.name() + " engine needs about "
                    + MemoryBudget.readable(needed) + " of address space to start, but the limit of the process leaves "
                    + MemoryBudget.readable(addressSpace.getAsLong()) + ": raise the limit (ulimit -v)");
        }
        return provider.create(threads, precision);
    }

    private static int rank(EngineProvider provider) {
        int rank = BY_SPEED.indexOf(provider.name());
        return rank < 0 ? BY_SPEED.size() : rank;
    }

    /** Returns the first engine that runs on this machine. Each engine that does not is logged with the reason. */
    private static Engine fastest(List<EngineProvider> providers, int threads, Precision precision) {
        IllegalStateException last = null;
        for (EngineProvider provider : providers) {
            try {
                return create(provider, threads, precision, AddressSpace.available());
            } catch (IllegalStateException e) {
                System.getLogger(Engines.class.getName())
                        .log(
                                System.Logger.Level.WARNING,
                                "not using engine " + provider.name() + ": " + e.getMessage());
                last = e;
            }
        }
        throw last;
    }
}
