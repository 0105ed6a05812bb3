package da3.core;

/**
 * What computes.
 *
 * @param engine name of an engine, or {@code auto}
 * @param threads to compute with; 0 for as many as there are processors
 */
public record EngineOptions(String engine, int threads) {

    public static final String AUTO = "auto";

    public EngineOptions {
        if (threads < 0) {
            throw new IllegalArgumentException("threads is " + threads + "; legal: 0 (all processors) or more");
        }
    }

    public static EngineOptions defaults() {
        return new EngineOptions(AUTO, 0);
    }

    public EngineOptions withEngine(String engine) {
        return new EngineOptions(engine, threads);
    }

    public EngineOptions withThreads(int threads) {
        return new EngineOptions(engine, threads);
    }
}
