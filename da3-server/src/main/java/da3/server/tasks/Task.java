package da3.server.tasks;

import da3.server.wire.TaskOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A task as it stands at one moment.
 *
 * @param message one sentence for people
 * @param progress 0 to 1, never falling
 * @param stage what is being done, for instance {@code backbone 3/12}
 * @param startedAt absent while pending
 * @param completedAt when it ended, however it ended; absent before
 * @param views photos, or frames of a video: as many as its header lets expect, once it is read as many as there are
 * @param directory where its results are once it is completed
 * @param exportDirectory where they are put as well, on the service's machine
 * @param warnings what the request could not determine, one sentence each
 * @param error why it failed, one sentence; present just when it failed
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
            throw new IllegalArgumentException(
                    "task " + id + " must have an end once it has ended and an error if it failed," + " got "
                            + status.id() + ", " + completedAt + " and " + error);
        }
    }

    /** How long it ran; absent before it has ended, and where it never began. */
    public Optional<Duration> processingTime() {
        return startedAt.flatMap(start -> completedAt.map(end -> Duration.between(start, end)));
    }
}
