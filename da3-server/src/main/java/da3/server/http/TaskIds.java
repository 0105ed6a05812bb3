package da3.server.http;

import da3.server.tasks.Task;
import da3.server.tasks.TaskService;
import io.javalin.http.Context;
import java.util.NoSuchElementException;
import java.util.UUID;

/** Resolves the task ids in paths. */
final class TaskIds {

    private static final String UUID_PATTERN = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

    private TaskIds() {}

    /**
     * Returns the id in the path.
     *
     * @throws HttpError with status 404 if it is not a UUID, as for ids of missing tasks
     */
    static UUID of(Context ctx) {
        String id = ctx.pathParam("id");
        if (!id.matches(UUID_PATTERN)) {
            throw HttpError.taskNotFound();
        }
        return UUID.fromString(id);
    }

    /** Returns the task in the path. */
    static Task find(TaskService tasks, Context ctx) {
        return tasks.find(of(ctx)).orElseThrow(HttpError::taskNotFound);
    }

    /** An operation on one task. */
    @FunctionalInterface
    interface Operation<T, E extends Exception> {
        T call(UUID id) throws E;
    }

    /**
     * Calls an operation on the task in the path.
     *
     * @param wrongStateStatus HTTP status of the error if the task is in the wrong state
     * @throws HttpError with status 404 if there is no such task
     */
    static <T, E extends Exception> T call(Context ctx, int wrongStateStatus, Operation<T, E> operation) throws E {
        try {
            return operation.call(of(ctx));
        } catch (NoSuchElementException e) {
            throw HttpError.taskNotFound();
        } catch (IllegalStateException e) {
            throw new HttpError(wrongStateStatus, e.getMessage());
        }
    }
}
