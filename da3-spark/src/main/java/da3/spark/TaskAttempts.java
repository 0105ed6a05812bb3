package da3.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;

/**
 * The attempts of a task. Exceptions become rows, so a task is attempted again only after its executor has ended: its machine
 * was lost, or a scene needed more memory than the machine has and ended the JVM. Such a scene would fail the whole job after
 * the last attempt, which therefore only reports what is missing.
 */
final class TaskAttempts {

    static final String GIVEN_UP = "its task was attempted several times, and each time the executor ended: raise"
            + " spark.executor.memoryOverhead, or run the job again if machines were lost";

    private static final int DEFAULT_MAX_FAILURES = 4;

    private TaskAttempts() {}

    /** Returns whether the job fails if this attempt does. Jobs on a local master have one attempt, which may compute. */
    static boolean isLast(TaskContext task, SparkConf conf) {
        int attempts = conf.getInt("spark.task.maxFailures", DEFAULT_MAX_FAILURES);
        return task.attemptNumber() > 0 && task.attemptNumber() >= attempts - 1;
    }
}
