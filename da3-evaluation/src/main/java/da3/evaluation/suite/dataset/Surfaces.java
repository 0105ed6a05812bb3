package da3.evaluation.suite.dataset;

import da3.evaluation.SurfaceTruth;
import da3.evaluation.surface.FusionSettings;
import da3.evaluation.surface.TsdfProtocol;
import da3.geometry.PointCloud;
import da3.geometry.TriangleMesh;
import da3.geometry.fusion.MeshSampling;
import da3.io.PlyReader;
import da3.io.PlySurface;
import java.io.IOException;
import java.nio.file.Path;

/** True surfaces in PLY files. */
final class Surfaces {

    private static final long SEED = 42; // of the points drawn from meshes

    private Surfaces() {}

    /** Returns the surface of a file that predictions are compared with after fusion into a volume. */
    static SurfaceTruth of(DataSetFolder folder, Path file, FusionSettings fusion) {
        return new SurfaceTruth(() -> points(folder, file, fusion.samples()), new TsdfProtocol(fusion));
    }

    /**
     * Returns points drawn from a mesh, or the points of a file without triangles.
     *
     * @param samples number of points to draw
     * @throws IOException if the file cannot be read, or its mesh has no area
     */
    private static PointCloud points(DataSetFolder folder, Path file, int samples) throws IOException {
        PlySurface surface = PlyReader.read(file);
        if (surface.triangleCount() == 0) {
            return new PointCloud(surface.positions(), surface.colors());
        }
        float[] noNormals = new float[surface.positions().length];
        TriangleMesh mesh = new TriangleMesh(surface.positions(), noNormals, surface.colors(), surface.triangles());
        try {
            double[] drawn = MeshSampling.uniform(mesh, samples, SEED);
            float[] positions = new float[drawn.length];
            for (int i = 0; i < drawn.length; i++) {
                positions[i] = (float) drawn[i];
            }
            return new PointCloud(positions, new byte[positions.length]);
        } catch (IllegalArgumentException e) {
            throw folder.malformed(file, "cannot be sampled: " + e.getMessage());
        }
    }
}
