package da3.evaluation;

import da3.geometry.PointCloud;
import java.io.IOException;
import java.util.Optional;

/**
 * The true surface of a scene, and how predictions are fused and compared with it.
 *
 * @param source loads the surface when a mode needs it
 * @param fusion settings of the data set
 * @param protocol protocol of the data set; empty for fusion into a volume with the settings
 */
public record SurfaceTruth(Source source, FusionSettings fusion, Optional<SurfaceProtocol> protocol) {

    /** Creates a surface that predictions are compared with after fusion into a volume. */
    public SurfaceTruth(Source source, FusionSettings fusion) {
        this(source, fusion, Optional.empty());
    }

    /** Loads points on a surface. */
    @FunctionalInterface
    public interface Source {

        /**
         * Returns points on the surface, in the world frame and unit of the true cameras.
         *
         * @throws IOException if a file is missing or cannot be read; the message names it
         */
        PointCloud load() throws IOException;
    }
}
