package da3.geometry.fusion;

import da3.geometry.PointCloud;
import da3.geometry.Scene;
import da3.geometry.TriangleMesh;
import da3.geometry.math.Percentiles;
import da3.geometry.math.Vec3;
import da3.geometry.points.KdTree;
import da3.geometry.points.PointCloudOptions;
import da3.geometry.points.PointClouds;
import da3.geometry.points.PointFilterOptions;
import da3.synthetic.SyntheticScene;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The accuracy and completeness of a mesh of a synthetic scene.
 *
 * @param errors distances of vertices and triangle centers from the true surfaces
 * @param gaps distances of visible surface points from the nearest vertex
 */
record MeshTruth(float[] errors, float[] gaps) {

    private static final int SAMPLES = 5000;

    static MeshTruth of(TriangleMesh mesh, Scene scene, SyntheticScene world) {
        TrueSurfaces truth = new TrueSurfaces(world);
        float[] samples = samples(mesh);
        PointCloud all =
                PointClouds.of(scene, PointCloudOptions.defaults().withFilter(PointFilterOptions.everything()));
        PointCloud seen = all.atMost(SAMPLES, 1);
        KdTree vertices = new KdTree(mesh.positions());
        float[] gaps = new float[seen.size()];
        IntStream.range(0, gaps.length).parallel().forEach(i -> {
            float[] p = seen.positions();
            gaps[i] = (float)
                    vertices.nearest(p[3 * i], p[3 * i + 1], p[3 * i + 2], 1).distance(0);
        });
        float[] errors = new float[samples.length / 3];
        IntStream.range(0, errors.length).parallel().forEach(i -> {
            int at = 3 * i;
            errors[i] = (float) truth.distance(new Vec3(samples[at], samples[at + 1], samples[at + 2]));
        });
        return new MeshTruth(errors, gaps);
    }

    private static float[] samples(TriangleMesh mesh) {
        float[] p = mesh.positions();
        int[] t = mesh.triangles();
        float[] samples = new float[p.length + t.length];
        System.arraycopy(p, 0, samples, 0, p.length);
        for (int i = 0; i < t.length; i += 3) {
            for (int c = 0; c < 3; c++) {
                samples[p.length + i + c] = (p[3 * t[i] + c] + p[3 * t[i + 1] + c] + p[3 * t[i + 2] + c]) / 3;
            }
        }
        return samples;
    }

    double error(double quantile) {
        return Percentiles.quantile(errors, quantile);
    }

    double meanError() {
        double sum = 0;
        for (float error : errors) {
            sum += error;
        }
        return sum / errors.length;
    }

    double accuracy(double within) {
        return share(errors, within);
    }

    double completeness(double within) {
        return share(gaps, within);
    }

    double f1(double within) {
        double a = accuracy(within);
        double c = completeness(within);
        return 2 * a * c / (a + c);
    }

    private static double share(float[] distances, double within) {
        int count = 0;
        for (float distance : distances) {
            count += distance <= within ? 1 : 0;
        }
        return (double) count / distances.length;
    }

    String figures(double voxel) {
        return String.format(
                Locale.ROOT,
                "in voxels: mean error %.4f, 95 %% %.3f, 99 %% %.3f, worst %.2f, within half a voxel %.5f; "
                        + "within one: accuracy %.4f, completeness %.4f, F1 %.4f",
                meanError() / voxel,
                error(0.95) / voxel,
                error(0.99) / voxel,
                error(1) / voxel,
                accuracy(voxel / 2),
                accuracy(voxel),
                completeness(voxel),
                f1(voxel));
    }
}
