package da3.spark;

import org.apache.spark.SparkConf;

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

    /**
     * Returns whether the job fails if an attempt does. The first attempt never counts as the last, so that jobs on a local
     * master, which have one only, compute.
     *
     * @param attempt number of the attempt, from 0
     */
    static boolean isLast(int attempt, SparkConf conf) {
        int attempts = conf.getInt("spark.task.maxFailures", DEFAULT_MAX_FAILURES);
        return attempt > 0 && attempt >= attempts - 1;
    }
}
