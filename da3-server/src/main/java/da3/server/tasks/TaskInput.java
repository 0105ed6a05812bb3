package da3.server.tasks;

import da3.geometry.check.Check;
import java.nio.file.Path;
import java.util.List;

/** The input files of a task. Files in a folder of {@link TaskService#newUpload()} are deleted once it has ended. */
public sealed interface TaskInput {

    /** Image files of one scene, in the order of the views. */
    record Images(List<Path> files) implements TaskInput {
        public Images {
            files = List.copyOf(files);
            Check.atLeast("number of images", 1, files.size());
        }
    }

    /**
     * A video file.
     *
     * @param fps number of frames to extract per second; positive
     */
    record Video(Path file, double fps) implements TaskInput {
        public Video {
            Check.positive("fps", fps);
        }
    }
}
