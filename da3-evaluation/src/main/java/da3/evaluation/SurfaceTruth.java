package da3.evaluation;

import da3.geometry.PointCloud;
import java.io.IOException;

/**
 * The true surface of a scene, and how predictions are compared with it. Both are loaded when a mode needs them.
 *
 * @param points loads points on the surface, in the world frame and unit of the true cameras
 * @param protocol loads the protocol of the data set for this scene
 */
public record SurfaceTruth(Source<PointCloud> points, Source<SurfaceProtocol> protocol) {

    /** Creates a surface whose protocol needs no files. */
    public SurfaceTruth(Source<PointCloud> points, SurfaceProtocol protocol) {
        this(points, () -> protocol);
    }

    /**
     * Loads a part of the truth.
     *
     * @param <T> type of the part
     */
    @FunctionalInterface
    public interface Source<T> {

        /**
         * Loads the part.
         *
         * @throws IOException if a file is missing or cannot be read; the message names it
         */
        T load() throws IOException;
    }
}
