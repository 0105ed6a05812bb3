package da3.evaluation;

import da3.geometry.PointCloud;
import da3.geometry.TriangleMesh;
import da3.geometry.View;
import java.util.List;
import java.util.Optional;

/** Converts predicted depth to a surface and compares it with the true surface. */
@FunctionalInterface
public interface SurfaceProtocol {

    /**
     * Scores a prediction.
     *
     * @param views depth, 0 where it is not used, with cameras, both in the frame and unit of the truth; none if the
     *     prediction cannot be brought there
     * @param posed whether the cameras are the true ones
     * @param truth points on the true surface
     */
    SurfaceScore score(List<View> views, boolean posed, PointCloud truth);

    /**
     * Returns the surface of views as a mesh, for pictures, without triangles if there are no views; empty if the
     * protocol compares points only.
     *
     * @param views as in {@link #score}
     */
    default Optional<TriangleMesh> mesh(List<View> views) {
        return Optional.empty();
    }
}
