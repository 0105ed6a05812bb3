package da3.server.http;

import da3.server.tasks.Task;
import da3.server.tasks.TaskService;
import io.javalin.http.Context;
import java.util.NoSuchElementException;
import java.util.UUID;

/** The task that an address names. */
final class TaskIds {

    private static final String FORM = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

    private TaskIds() {}

    /** What has not the form of an id is no task's: 404, as one that is not there. */
    static UUID of(Context ctx) {
        String id = ctx.pathParam("id");
        if (!id.matches(FORM)) {
            throw HttpError.unknownTask();
        }
        return UUID.fromString(id);
    }

    static Task find(TaskService tasks, Context ctx) {
        return tasks.find(of(ctx)).orElseThrow(HttpError::unknownTask);
    }

    /** What is asked of one task. */
    @FunctionalInterface
    interface Asked<T, E extends Exception> {
        T of(UUID id) throws E;
    }

    /** @param wrongState the status where the task is not in a state for this */
    static <T, E extends Exception> T ask(Context ctx, int wrongState, Asked<T, E> asked) throws E {
        try {
            return asked.of(of(ctx));
        } catch (NoSuchElementException e) {
            throw HttpError.unknownTask();
        } catch (IllegalStateException e) {
            throw new HttpError(wrongState, e.getMessage());
        }
    }
}
