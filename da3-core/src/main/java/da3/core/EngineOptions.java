package da3.core;

import da3.geometry.check.Check;
import da3.nn.Precision;

/**
 * What computes.
 *
 * @param engine name of an engine, or {@code auto}
 * @param threads to compute with; 0 for as many as there are processors
 * @param precision of products; an engine that lacks it is refused
 * @param memoryLimitBytes what a model and a request may take beyond the JVM (see {@link MemoryEstimate}); 0 for what the
 *     machine has available when it is asked
 */
public record EngineOptions(String engine, int threads, Precision precision, long memoryLimitBytes) {

    public static final String AUTO = "auto";

    public EngineOptions {
        if (threads < 0) {
            throw Check.invalid("threads", "0 (all processors) or more", threads);
        }
        if (memoryLimitBytes < 0) {
            throw Check.invalid("memoryLimitBytes", "0 (all that is available) or more", memoryLimitBytes);
        }
    }

    /** In float32, with the memory that the machine has available. */
    public EngineOptions(String engine, int threads) {
        this(engine, threads, Precision.FLOAT32, 0);
    }

    public static EngineOptions defaults() {
        return new EngineOptions(AUTO, 0);
    }

    public EngineOptions withEngine(String engine) {
        return new EngineOptions(engine, threads, precision, memoryLimitBytes);
    }

    public EngineOptions withThreads(int threads) {
        return new EngineOptions(engine, threads, precision, memoryLimitBytes);
    }

    public EngineOptions withPrecision(Precision precision) {
        return new EngineOptions(engine, threads, precision, memoryLimitBytes);
    }

    public EngineOptions withMemoryLimitBytes(long memoryLimitBytes) {
        return new EngineOptions(engine, threads, precision, memoryLimitBytes);
    }
}
