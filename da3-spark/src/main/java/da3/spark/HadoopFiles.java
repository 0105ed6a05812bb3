package da3.spark;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;

/** The file systems of Hadoop, with the settings of the cluster. Reading these takes 15 ms, so each executor does it once. */
final class HadoopFiles {

    private static final String CONFIGURATION = "configuration of Hadoop";

    private HadoopFiles() {}

    /** Returns the file system of a path. */
    static FileSystem of(Path path) throws IOException {
        Configuration configuration = PerExecutor.get(CONFIGURATION, () -> SparkHadoopUtil.get()
                .newConfiguration(SparkEnv.get().conf()));
        return path.getFileSystem(configuration);
    }
}
