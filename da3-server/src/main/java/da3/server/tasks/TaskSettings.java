package da3.server.tasks;

import da3.geometry.check.Check;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Limits of a {@link TaskService}, and the retention of its results. Tasks are pruned when a task ends and when a service
 * starts.
 *
 * @param workspace folder of tasks and uploads, used by one service at a time
 * @param queueCapacity maximum number of waiting tasks; at least 1
 * @param maxViews maximum number of images or video frames of a task; at least 1
 * @param maxFrames maximum number of frames of a task that streams; at least 1
 * @param maxPixels maximum number of pixels of an image or frame; at least 1
 * @param timeLimit maximum processing time of a task; positive
 * @param keepFor how long tasks are kept after their end; not negative
 * @param keepBytes maximum size of all ended tasks; the oldest are removed first, and the newest is always kept
 * @param keepTasks maximum number of ended tasks; the oldest are removed first
 */
public record TaskSettings(
        Path workspace,
        int queueCapacity,
        int maxViews,
        int maxFrames,
        long maxPixels,
        Duration timeLimit,
        Duration keepFor,
        long keepBytes,
        int keepTasks) {

    public TaskSettings {
        requireAtLeast(1, queueCapacity, "queueCapacity");
        requireAtLeast(1, maxViews, "maxViews");
        requireAtLeast(1, maxFrames, "maxFrames");
        requireAtLeast(1, maxPixels, "maxPixels");
        requireAtLeast(0, keepBytes, "keepBytes");
        requireAtLeast(0, keepTasks, "keepTasks");
        if (timeLimit.isNegative() || timeLimit.isZero()) {
            throw Check.invalid("timeLimit", "positive", timeLimit);
        }
        if (keepFor.isNegative()) {
            throw Check.invalid("keepFor", "at least 0", keepFor);
        }
    }

    /**
     * Returns the defaults: 20 waiting tasks, 200 images of 100 megapixels, streams of 10,000
     * frames, a time limit of 2 hours, and retention of 100
     * tasks, 20 GB and 7 days.
     */
    public static TaskSettings of(Path workspace) {
        return new TaskSettings(
                workspace, 20, 200, 10_000, 100_000_000, Duration.ofHours(2), Duration.ofDays(7), 20_000_000_000L, 100);
    }

    public TaskSettings withQueueCapacity(int queueCapacity) {
        return new TaskSettings(
                workspace, queueCapacity, maxViews, maxFrames, maxPixels, timeLimit, keepFor, keepBytes, keepTasks);
    }

    public TaskSettings withMaxViews(int maxViews) {
        return new TaskSettings(
                workspace, queueCapacity, maxViews, maxFrames, maxPixels, timeLimit, keepFor, keepBytes, keepTasks);
    }

    public TaskSettings withMaxFrames(int maxFrames) {
        return new TaskSettings(
                workspace, queueCapacity, maxViews, maxFrames, maxPixels, timeLimit, keepFor, keepBytes, keepTasks);
    }

    public TaskSettings withMaxPixels(long maxPixels) {
        return new TaskSettings(
                workspace, queueCapacity, maxViews, maxFrames, maxPixels, timeLimit, keepFor, keepBytes, keepTasks);
    }

    public TaskSettings withTimeLimit(Duration timeLimit) {
        return new TaskSettings(
                workspace, queueCapacity, maxViews, maxFrames, maxPixels, timeLimit, keepFor, keepBytes, keepTasks);
    }

    public TaskSettings withKeepFor(Duration keepFor) {
        return new TaskSettings(
                workspace, queueCapacity, maxViews, maxFrames, maxPixels, timeLimit, keepFor, keepBytes, keepTasks);
    }

    public TaskSettings withKeepBytes(long keepBytes) {
        return new TaskSettings(
                workspace, queueCapacity, maxViews, maxFrames, maxPixels, timeLimit, keepFor, keepBytes, keepTasks);
    }

    public TaskSettings withKeepTasks(int keepTasks) {
        return new TaskSettings(
                workspace, queueCapacity, maxViews, maxFrames, maxPixels, timeLimit, keepFor, keepBytes, keepTasks);
    }

    private static void requireAtLeast(long minimum, long value, String name) {
        if (value < minimum) {
            throw Check.invalid(name, "at least " + minimum, value);
        }
    }
}
