package da3.server.tasks;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Computes the next state of a task. */
final class TaskTransition {

    private TaskTransition() {}

    static Task started(Task task, Instant at) {
        return with(task, TaskStatus.RUNNING, "running", 0, "started", Optional.of(at), Optional.empty());
    }

    static Task progressed(Task task, double progress, String stage) {
        return with(task, task.status(), task.message(), progress, stage, task.startedAt(), task.completedAt());
    }

    static Task cancelling(Task task) {
        return with(
                task, task.status(), "cancelling", task.progress(), task.stage(), task.startedAt(), task.completedAt());
    }

    static Task cancelled(Task task, Instant at) {
        return with(task, TaskStatus.CANCELLED, "cancelled", task.progress(), "", task.startedAt(), Optional.of(at));
    }

    static Task completed(Task task, TaskRun.Outcome outcome, Instant at) {
        return new Task(
                task.id(),
                task.name(),
                TaskStatus.COMPLETED,
                outcome.views() + (outcome.views() == 1 ? " view" : " views"),
                1,
                "",
                task.createdAt(),
                task.startedAt(),
                Optional.of(at),
                outcome.views(),
                task.directory(),
                task.exportDirectory(),
                task.options(),
                outcome.warnings(),
                Optional.empty());
    }

    static Task failed(Task task, String error, Instant at) {
        return new Task(
                task.id(),
                task.name(),
                TaskStatus.FAILED,
                error,
                task.progress(),
                "",
                task.createdAt(),
                task.startedAt(),
                Optional.of(at),
                task.views(),
                task.directory(),
                task.exportDirectory(),
                task.options(),
                List.of(),
                Optional.of(error));
    }

    private static Task with(
            Task task,
            TaskStatus status,
            String message,
            double progress,
            String stage,
            Optional<Instant> startedAt,
            Optional<Instant> completedAt) {
        return new Task(
                task.id(),
                task.name(),
                status,
                message,
                progress,
                stage,
                task.createdAt(),
                startedAt,
                completedAt,
                task.views(),
                task.directory(),
                task.exportDirectory(),
                task.options(),
                task.warnings(),
                task.error());
    }
}
