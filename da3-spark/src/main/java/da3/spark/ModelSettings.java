package da3.spark;

import da3.core.DepthAnything3;
import da3.core.EngineOptions;
import java.io.Serializable;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;

/**
 * The model of a job and its engine. All tasks of an executor share one instance, whose calls are queued.
 *
 * @param model reference of the model as in {@link DepthAnything3#load(String, EngineOptions)}; its files must exist at
 *     the same path, or in the cache of the hub, on every machine
 * @param engine options of the engine; 0 threads are replaced by {@code spark.task.cpus}
 */
public record ModelSettings(String model, EngineOptions engine) implements Serializable {

    /** Returns a model on the fastest engine with as many threads as a task has cores. */
    public static ModelSettings of(String model) {
        return new ModelSettings(model, EngineOptions.defaults());
    }

    /** Returns these settings with other options of the engine. */
    public ModelSettings withEngine(EngineOptions engine) {
        return new ModelSettings(model, engine);
    }

    /**
     * Returns the model that all tasks of this JVM share, loaded by the first call. Callers must not close it. A request that
     * needs more memory than {@code spark.executor.memoryOverhead} allows is refused, instead of having the cluster end the
     * executor.
     *
     * @throws RuntimeException as {@link DepthAnything3#load(String, EngineOptions)} does
     */
    public DepthAnything3 shared() {
        EngineOptions options = engine.withThreads(threads()).withMemoryLimitBytes(memoryLimit());
        return PerExecutor.get(withEngine(options), () -> DepthAnything3.load(model, options));
    }

    private int threads() {
        TaskContext task = TaskContext.get();
        return engine.threads() > 0 || task == null ? engine.threads() : task.cpus();
    }

    private long memoryLimit() {
        SparkEnv environment = SparkEnv.get();
        boolean limited = environment != null
                && !environment.executorId().equals("driver")
                && environment.conf().contains(ExecutorSizing.OVERHEAD);
        return engine.memoryLimitBytes() > 0 || !limited
                ? engine.memoryLimitBytes()
                : environment.conf().getSizeAsMb(ExecutorSizing.OVERHEAD) << 20;
    }
}
