package da3.geometry.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.TriangleMesh;
import da3.geometry.View;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import da3.geometry.points.PointFilterOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Fusion with distances along rays. Expected values are from Open3D 0.16.1, ScalableTSDFVolume, for the same depth; its
 * blocks are larger and found from every fourth pixel, which changes a few voxels.
 */
class ProjectiveTsdfTest {

    private static View view(int width, int height, double focal, float[] depth, double x) {
        Pose pose = new Pose(Mat3.IDENTITY, new Vec3(-x, 0, 0));
        return new View(
                new Image(width, height, new byte[3 * width * height]),
                new ScalarMap(width, height, depth),
                Optional.empty(),
                Optional.of(new Camera(pose, new Intrinsics(focal, focal, width / 2.0, height / 2.0))));
    }

    private static TriangleMesh mesh(List<View> views, double voxelSize, double truncation, boolean projective) {
        TsdfOptions options = TsdfOptions.of(voxelSize)
                .withTruncation(truncation)
                .withFilter(PointFilterOptions.everything())
                .withWeights(false, 0)
                .withProjective(projective)
                .withCarving(false)
                .withEdgeTrust(1)
                .withWitness(Double.POSITIVE_INFINITY);
        return TsdfVolume.fuse(new Scene(views, Optional.empty(), false), options)
                .extractMesh();
    }

    /** Three views of waves that contradict each other by more than the truncation. */
    @Test
    void contradictingViewsAgreeWithOpen3d() {
        int width = 48;
        int height = 36;
        List<View> views = new ArrayList<>();
        for (int v = 0; v < 3; v++) {
            float[] depth = new float[width * height];
            for (int i = 0; i < depth.length; i++) {
                depth[i] = (float) (2 + 0.3 * Math.sin(i % width / 5.0 + v) * Math.cos(i / width / 6.0));
            }
            views.add(view(width, height, 40, depth, 0.1 * v));
        }
        TriangleMesh mesh = mesh(views, 0.04, 0.16, true);
        assertThat(MeshSampling.area(mesh)).isCloseTo(7.063202914217282, within(0.01));
        double[] points = MeshSampling.uniform(mesh, 20_000, 42);
        double[] mean = new double[3];
        for (int i = 0; i < points.length; i++) {
            mean[i % 3] += points[i] / 20_000;
        }
        double[] expected = {0.1081, -0.0162, 2.0334}; // of 200,000 points
        assertThat(mean).containsExactly(expected, within(3e-3));
        // distances to planes cut the steep parts
        assertThat(MeshSampling.area(mesh(views, 0.04, 0.16, false))).isLessThan(6.5);
    }

    /** A plane that is turned by 26.6 degrees. */
    @Test
    void aSlantedPlaneAgreesWithOpen3d() {
        int width = 168;
        int height = 112;
        float[] depth = new float[width * height];
        for (int i = 0; i < depth.length; i++) {
            depth[i] = (float) (2 / (1 - 0.5 * (i % width + 0.5 - width / 2.0) / 140));
        }
        TriangleMesh mesh = mesh(List.of(view(width, height, 140, depth, 0)), 0.03, 0.15, true);
        assertThat(MeshSampling.area(mesh)).isCloseTo(5.01536260242991, within(1e-3));
        for (int i = 0; i < mesh.positions().length; i += 3) {
            double off = mesh.positions()[i + 2] - 0.5 * mesh.positions()[i] - 2;
            assertThat(Math.abs(off)).isLessThan(0.03);
        }
    }
}
