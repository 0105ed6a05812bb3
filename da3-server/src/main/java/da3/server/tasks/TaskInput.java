package da3.server.tasks;

import da3.geometry.check.Check;
import java.nio.file.Path;
import java.util.List;

/** What a task predicts from. Files below a folder of {@link TaskService#newUpload()} are removed once it has ended. */
public sealed interface TaskInput {

    /** Photos of one place, in the order of the views. */
    record Photos(List<Path> files) implements TaskInput {
        public Photos {
            files = List.copyOf(files);
            Check.atLeast("number of photos", 1, files.size());
        }
    }

    /**
     * A video.
     *
     * @param fps frames taken a second, above 0
     */
    record Video(Path file, double fps) implements TaskInput {
        public Video {
            Check.positive("frames per second", fps);
        }
    }
}
