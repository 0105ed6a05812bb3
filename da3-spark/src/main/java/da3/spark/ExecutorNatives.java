package da3.spark;

import java.nio.file.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkFiles;

/**
 * The native libraries of an executor. JavaCPP unpacks them into a cache below the home directory, where several executors
 * on a machine that start at the same time would write the same files. Each therefore gets a cache in its own working
 * directory, which the cluster deletes.
 */
final class ExecutorNatives {

    private static final String CACHE = "org.bytedeco.javacpp.cachedir";

    private ExecutorNatives() {}

    /** Sets the cache of this JVM if it is that of an executor, unless the property is set already. */
    static void prepare() {
        SparkEnv environment = SparkEnv.get();
        boolean executor = environment != null && !environment.executorId().equals("driver");
        if (executor && System.getProperty(CACHE) == null) {
            Path directory = Path.of(SparkFiles.getRootDirectory()).toAbsolutePath();
            System.setProperty(CACHE, directory.resolve("javacpp").normalize().toString());
        }
    }
}
