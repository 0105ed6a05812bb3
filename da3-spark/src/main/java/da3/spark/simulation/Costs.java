package da3.spark.simulation;

import da3.geometry.check.Check;

/**
 * The costs of a job and the limits of a cluster.
 *
 * @param driverSeconds processor time of the driver for a task: launching it, and receiving its rows
 * @param taskSeconds time of an executor for a task in addition to its scenes
 * @param sceneSeconds mean time of an executor for a scene: decoding, prediction and export
 * @param variation standard deviation of the time of a scene divided by its mean; times are log-normal
 * @param readBytes bytes of the images of a scene
 * @param writtenBytes bytes of the exports of a scene
 * @param modelBytes bytes of the model, which each executor reads once
 * @param startSeconds time of an executor from its start to the first task, without reading the model
 * @param storeBytesPerSecond bytes per second that the store delivers or takes, for all executors together
 * @param mergeSeconds time of the driver for a scene after the last task, such as merging a window of a sequence
 */
public record Costs(
        double driverSeconds,
        double taskSeconds,
        double sceneSeconds,
        double variation,
        double readBytes,
        double writtenBytes,
        double modelBytes,
        double startSeconds,
        double storeBytesPerSecond,
        double mergeSeconds) {

    /** @throws IllegalArgumentException if a value is negative, or the store or scenes take no time */
    public Costs {
        Check.atLeast("driverSeconds", 0, driverSeconds);
        Check.atLeast("taskSeconds", 0, taskSeconds);
        Check.positive("sceneSeconds", sceneSeconds);
        Check.atLeast("variation", 0, variation);
        Check.atLeast("readBytes", 0, readBytes);
        Check.atLeast("writtenBytes", 0, writtenBytes);
        Check.atLeast("modelBytes", 0, modelBytes);
        Check.atLeast("startSeconds", 0, startSeconds);
        Check.positive("storeBytesPerSecond", storeBytesPerSecond);
        Check.atLeast("mergeSeconds", 0, mergeSeconds);
    }
}
