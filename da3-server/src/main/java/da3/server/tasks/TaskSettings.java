package da3.server.tasks;

import da3.geometry.check.Check;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How much a service takes on, and how long it keeps results.
 *
 * @param workspace folder of tasks and uploads; one service at a time
 * @param queueCapacity tasks that may wait, besides the one that runs; at least 1
 * @param maxViews photos or frames of a task; at least 1
 * @param maxPixels of a photo or a frame; at least 1
 * @param timeLimit how long a task may run; above 0
 * @param keepFor how long results are kept after the end of their task; what is older goes when the next task ends, and
 *     when a service starts
 * @param keepBytes of all results together; the oldest go first, and the newest stays whatever it takes
 * @param keepTasks ended tasks that are kept; the oldest go first
 */
public record TaskSettings(
        Path workspace,
        int queueCapacity,
        int maxViews,
        long maxPixels,
        Duration timeLimit,
        Duration keepFor,
        long keepBytes,
        int keepTasks) {

    public TaskSettings {
        requireAtLeast(1, queueCapacity, "queueCapacity");
        requireAtLeast(1, maxViews, "maxViews");
        requireAtLeast(1, maxPixels, "maxPixels");
        requireAtLeast(0, keepBytes, "keepBytes");
        requireAtLeast(0, keepTasks, "keepTasks");
        if (timeLimit.isNegative() || timeLimit.isZero()) {
            throw new IllegalArgumentException("timeLimit must be above 0, got " + timeLimit);
        }
        if (keepFor.isNegative()) {
            throw Check.invalid("keepFor", "0 or more", keepFor);
        }
    }

    /** 20 tasks may wait, of 200 photos of 100 megapixels, and run for 2 hours; results stay for 7 days, 100 tasks or 20 GB. */
    public static TaskSettings of(Path workspace) {
        return new TaskSettings(
                workspace, 20, 200, 100_000_000, Duration.ofHours(2), Duration.ofDays(7), 20_000_000_000L, 100);
    }

    public TaskSettings withQueueCapacity(int queueCapacity) {
        return new TaskSettings(
                workspace, queueCapacity, maxViews, maxPixels, timeLimit, keepFor, keepBytes, keepTasks);
    }

    public TaskSettings withMaxViews(int maxViews) {
        return new TaskSettings(
                workspace, queueCapacity, maxViews, maxPixels, timeLimit, keepFor, keepBytes, keepTasks);
    }

    public TaskSettings withMaxPixels(long maxPixels) {
        return new TaskSettings(
                workspace, queueCapacity, maxViews, maxPixels, timeLimit, keepFor, keepBytes, keepTasks);
    }

    public TaskSettings withTimeLimit(Duration timeLimit) {
        return new TaskSettings(
                workspace, queueCapacity, maxViews, maxPixels, timeLimit, keepFor, keepBytes, keepTasks);
    }

    public TaskSettings withKeepFor(Duration keepFor) {
        return new TaskSettings(
                workspace, queueCapacity, maxViews, maxPixels, timeLimit, keepFor, keepBytes, keepTasks);
    }

    public TaskSettings withKeepBytes(long keepBytes) {
        return new TaskSettings(
                workspace, queueCapacity, maxViews, maxPixels, timeLimit, keepFor, keepBytes, keepTasks);
    }

    public TaskSettings withKeepTasks(int keepTasks) {
        return new TaskSettings(
                workspace, queueCapacity, maxViews, maxPixels, timeLimit, keepFor, keepBytes, keepTasks);
    }

    private static void requireAtLeast(long least, long value, String name) {
        if (value < least) {
            throw Check.invalid(name, least + " or more", value);
        }
    }
}
