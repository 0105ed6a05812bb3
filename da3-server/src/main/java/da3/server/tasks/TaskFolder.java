package da3.server.tasks;

import java.io.IOException;
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

    /** Deletes what the service has written there: all of it but the record, and but the results where they are whole. */
    void clear(boolean whole) throws IOException {
        Folders.deleteIn(root, Workspace::isPartial);
        Folders.delete(partial());
        if (!whole) {
            Folders.delete(results());
            Folders.delete(scene());
        }
    }
}
