package da3.evaluation.suite.dataset;

import da3.evaluation.FusionSettings;
import da3.evaluation.SurfaceTruth;
import da3.geometry.PointCloud;
import da3.io.PlyReader;
import da3.io.PlySurface;
import java.io.IOException;
import java.nio.file.Path;

/** True surfaces in PLY files. */
final class Surfaces {

    /** Points drawn from a mesh, as many as in the reference. */
    private static final int SAMPLES = 1_000_000;

    private static final long SEED = 42;

    private Surfaces() {}

    /** Returns points sampled from a mesh, or the points of a file without triangles. */
    static SurfaceTruth of(DataSetFolder folder, Path file, FusionSettings fusion) {
        return new SurfaceTruth(() -> load(folder, file), fusion);
    }

    private static PointCloud load(DataSetFolder folder, Path file) throws IOException {
        PlySurface surface = PlyReader.read(file);
        if (surface.triangleCount() == 0) {
            return new PointCloud(surface.positions(), surface.colors());
        }
        try {
            return MeshSampling.sample(surface, SAMPLES, SEED);
        } catch (IllegalArgumentException e) {
            throw folder.malformed(file, "cannot be sampled: " + e.getMessage());
        }
    }
}
