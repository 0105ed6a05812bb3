package da3.spark;

import da3.core.EngineOptions;
import da3.core.InferenceOptions;
import da3.core.InputProcessing;
import da3.core.MemoryEstimate;
import da3.geometry.check.Check;
import da3.nn.ModelConfig;
import java.util.List;
import java.util.Map;

/**
 * The memory of an executor that computes one scene at a time on all of its cores.
 *
 * @param cores number of cores
 * @param heapBytes Java heap: 1 GiB for Spark and the JVM, and twice the decoded images and the results of a scene
 * @param overheadBytes memory outside the heap: {@link MemoryEstimate#total} of a scene, and 512 MiB for the JVM itself
 */
public record ExecutorSizing(int cores, long heapBytes, long overheadBytes) {

    static final String OVERHEAD = "spark.executor.memoryOverhead";

    private static final long SPARK_HEAP = 1L << 30;
    private static final long JVM_OVERHEAD = 1L << 29;

    public ExecutorSizing {
        Check.positive("cores", cores);
    }

    /**
     * Returns the sizing for a scene, which should be the largest one of a job.
     *
     * @param config configuration of the model
     * @param images sizes of the images of the scene in pixels, before they are resized
     * @param options options of the prediction
     * @param engine name of the engine, or {@value EngineOptions#AUTO}
     * @param cores cores of the executor
     */
    public static ExecutorSizing of(
            ModelConfig config, List<InputProcessing.Size> images, InferenceOptions options, String engine, int cores) {
        EngineOptions threads = EngineOptions.defaults().withEngine(engine).withThreads(cores);
        MemoryEstimate estimate = MemoryEstimate.of(config, images, options, 0, threads);
        long decoded = images.stream()
                .mapToLong(image -> 3L * image.width() * image.height())
                .sum();
        return new ExecutorSizing(
                cores, SPARK_HEAP + 2 * (decoded + estimate.results()), JVM_OVERHEAD + estimate.total());
    }

    /** Returns the settings of the cluster by name, for {@code --conf} of {@code spark-submit}. */
    public Map<String, String> settings() {
        return Map.of(
                "spark.executor.cores",
                Integer.toString(cores),
                "spark.task.cpus",
                Integer.toString(cores),
                "spark.executor.memory",
                mebibytes(heapBytes),
                OVERHEAD,
                mebibytes(overheadBytes));
    }

    private static String mebibytes(long bytes) {
        return ((bytes + (1 << 20) - 1) >> 20) + "m";
    }
}
