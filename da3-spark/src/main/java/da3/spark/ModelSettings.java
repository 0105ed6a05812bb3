package da3.spark;

import da3.core.DepthAnything3;
import da3.core.EngineOptions;
import java.io.Serializable;
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
     * Returns the model of this executor, which the first call loads. Callers must not close it.
     *
     * @throws RuntimeException as {@link DepthAnything3#load(String, EngineOptions)} does
     */
    public DepthAnything3 onExecutor() {
        ModelSettings resolved = withEngine(engine.withThreads(threads()));
        return PerExecutor.get(resolved, () -> DepthAnything3.load(model, resolved.engine));
    }

    private int threads() {
        TaskContext task = TaskContext.get();
        return engine.threads() > 0 || task == null ? engine.threads() : task.cpus();
    }
}
