package da3.server.tasks;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The folder of a task. A task exists once {@link #json} exists, and its results once that file has the status completed.
 *
 * @param root folder, whose name is the id of the task
 */
record TaskFolder(Path root) {

    /** Returns the path of the record, which {@link TaskJson} reads and writes. */
    Path json() {
        return root.resolve("task.json");
    }

    Path scene() {
        return root.resolve("scene.json");
    }

    Path results() {
        return root.resolve("results");
    }

    /** Returns the folder of results that are being written. */
    Path partial() {
        return root.resolve("results.partial");
    }

    /** Deletes all files of the service except the record and, if they are complete, the results. */
    void clear(boolean resultsComplete) throws IOException {
        Folders.deleteMatching(root, Workspace::isPartial);
        Folders.delete(partial());
        if (!resultsComplete) {
            Folders.delete(results());
            Folders.delete(scene());
        }
    }
}
