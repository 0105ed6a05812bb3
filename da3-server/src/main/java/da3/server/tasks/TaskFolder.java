package da3.server.tasks;

import java.nio.file.Path;

/**
 * Where a task keeps what. A task is there once its {@link #json} is, and its results once the record says completed.
 *
 * @param root named by the task's id
 */
record TaskFolder(Path root) {

    /** The task as it stands. */
    Path json() {
        return root.resolve("task.json");
    }

    Path scene() {
        return root.resolve("scene.json");
    }

    Path results() {
        return root.resolve("results");
    }

    /** Results while they are written. */
    Path partial() {
        return root.resolve("results.partial");
    }
}
