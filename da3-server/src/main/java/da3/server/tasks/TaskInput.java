package da3.server.tasks;

import java.nio.file.Path;
import java.util.List;

/** What a task predicts from. Files below a folder of {@link TaskService#newUpload()} are removed once it has ended. */
public sealed interface TaskInput {

    /** Photos of one place, in the order of the views. */
    record Photos(List<Path> files) implements TaskInput {
        public Photos {
            files = List.copyOf(files);
            if (files.isEmpty()) {
                throw new IllegalArgumentException("there are no photos; legal: at least 1");
            }
        }
    }

    /**
     * A video.
     *
     * @param fps frames taken a second, above 0
     */
    record Video(Path file, double fps) implements TaskInput {
        public Video {
            if (!(fps > 0 && Double.isFinite(fps))) {
                throw new IllegalArgumentException("frames a second is " + fps + "; legal: above 0");
            }
        }
    }
}
