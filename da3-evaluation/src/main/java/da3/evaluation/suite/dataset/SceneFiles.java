package da3.evaluation.suite.dataset;

import da3.evaluation.SurfaceTruth;
import da3.geometry.View;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A scene on disk.
 *
 * @param frames frames in the order of the data set, before sampling
 * @param surface the true surface, if the data set has one
 */
record SceneFiles(List<Frame> frames, Optional<SurfaceTruth> surface) {

    /** An image with what is known of it, to be loaded. */
    @FunctionalInterface
    interface Frame {

        /**
         * Loads image, depth and camera; depth is 0 where it is not known.
         *
         * @throws IOException if a file is missing or malformed; the message names it
         */
        View load() throws IOException;
    }

    SceneFiles {
        frames = List.copyOf(frames);
    }

    /** Returns a scene of a single frame whose surface is not known. */
    static SceneFiles of(Frame frame) {
        return new SceneFiles(List.of(frame), Optional.empty());
    }
}
