package da3.core;

import da3.geometry.check.Check;
import da3.nn.Precision;
import java.io.Serializable;

/**
 * The engine of a model and its resources.
 *
 * @param engine name of an engine, or {@value #AUTO} for the fastest that runs on this machine
 * @param threads number of threads; 0 for all processors
 * @param precision precision of matrix products; the engine must support it
 * @param memoryLimitBytes memory limit of a model and a request, excluding the JVM itself (see {@link MemoryEstimate}); 0
 *     for the memory that is available when a request is checked
 */
public record EngineOptions(String engine, int threads, Precision precision, long memoryLimitBytes)
        implements Serializable {

    public static final String AUTO = "auto";

    public EngineOptions {
        if (threads < 0) {
            throw Check.invalid("threads", "0 (all processors) or more", threads);
        }
        if (memoryLimitBytes < 0) {
            throw Check.invalid("memoryLimitBytes", "0 (all that is available) or more", memoryLimitBytes);
        }
    }

    /** Creates options for float32 without a memory limit. */
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
