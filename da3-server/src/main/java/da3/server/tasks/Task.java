package da3.server.tasks;

import da3.server.wire.TaskOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A snapshot of a task.
 *
 * @param message one sentence for users
 * @param progress progress from 0 to 1; never decreases
 * @param stage current step, for instance {@code backbone 3/12}
 * @param startedAt start of processing; absent if it has not started
 * @param completedAt end of the task, also if it failed or was cancelled; absent before
 * @param views number of images or video frames; for a video an estimate until all frames are read
 * @param directory folder of the results, which exist once the task is completed
 * @param exportDirectory folder that receives a copy of the results
 * @param warnings warnings for users of the results, one sentence each
 * @param error why the task failed, one sentence; present if and only if it failed
 */
public record Task(
        UUID id,
        String name,
        TaskStatus status,
        String message,
        double progress,
        String stage,
        Instant createdAt,
        Optional<Instant> startedAt,
        Optional<Instant> completedAt,
        int views,
        Path directory,
        Optional<Path> exportDirectory,
        TaskOptions options,
        List<String> warnings,
        Optional<String> error) {

    public Task {
        warnings = List.copyOf(warnings);
        if (status.ended() != completedAt.isPresent() || (status == TaskStatus.FAILED) != error.isPresent()) {
            throw new IllegalArgumentException("task " + id
                    + " must have an end if and only if it has ended, and an error if and only if it failed, got "
                    + status.id() + ", " + completedAt + " and " + error);
        }
    }

    /** Returns the duration of processing; absent if the task has not ended or never started. */
    public Optional<Duration> processingTime() {
        return startedAt.flatMap(start -> completedAt.map(end -> Duration.between(start, end)));
    }
}
