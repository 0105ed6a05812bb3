package da3.evaluation.surface;

import da3.evaluation.SurfaceProtocol;
import da3.evaluation.SurfaceScore;
import da3.geometry.PointCloud;
import da3.geometry.Scene;
import da3.geometry.TriangleMesh;
import da3.geometry.View;
import da3.geometry.fusion.MeshSampling;
import da3.geometry.fusion.TsdfOptions;
import da3.geometry.fusion.TsdfVolume;
import da3.geometry.metrics.SurfaceMetrics;
import da3.geometry.points.PointFilterOptions;
import da3.geometry.points.VoxelThinning;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Fuses depth into a signed distance volume, draws points from its surface, thins them and the true ones, and compares
 * both.
 *
 * <p>Data sets are fused as the reference does with Open3D: every pixel counts alike, and distances are along its ray. A
 * prediction that gives no surface has precision and recall 0 and no distances.
 *
 * <p>Source: reference file src/depth_anything_3/bench/utils.py.
 *
 * @param settings settings of the data set
 */
public record TsdfProtocol(FusionSettings settings) implements SurfaceProtocol {

    private static final long SEED = 42; // of the points that are drawn
    private static final SurfaceScore NO_SURFACE = new SurfaceScore(
            OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.of(0), OptionalDouble.of(0));

    @Override
    public SurfaceScore score(List<View> views, boolean posed, PointCloud truth) {
        double[] predicted = predicted(views, truth);
        if (predicted.length == 0) {
            return NO_SURFACE;
        }
        return SurfaceScore.of(SurfaceMetrics.of(
                VoxelThinning.of(predicted, settings.sampling()),
                VoxelThinning.of(doubles(truth.positions()), settings.sampling()),
                settings.threshold()));
    }

    /** Returns points of the fused surface; none without a surface. */
    private double[] predicted(List<View> views, PointCloud truth) {
        TriangleMesh mesh = fused(views);
        if (!(MeshSampling.area(mesh) > 0)) {
            return new double[0];
        }
        double[] points = MeshSampling.uniform(mesh, settings.samples(), SEED);
        return settings.margin().isEmpty()
                ? points
                : within(points, truth.positions(), settings.margin().getAsDouble());
    }

    @Override
    public Optional<TriangleMesh> mesh(List<View> views) {
        return Optional.of(fused(views));
    }

    private TriangleMesh fused(List<View> views) {
        return views.isEmpty()
                ? new TriangleMesh(new float[0], new float[0], new byte[0], new int[0])
                : TsdfVolume.fuse(new Scene(views, Optional.empty(), false), options())
                        .extractMesh();
    }

    private TsdfOptions options() {
        return TsdfOptions.of(settings.voxelSize())
                .withTruncation(settings.truncation())
                .withMaxDepth(settings.maxDepth())
                .withFilter(PointFilterOptions.everything())
                .withWeights(false, 0)
                .withCarving(false)
                .withProjective(settings.projective())
                .withEdgeTrust(1)
                .withWitness(Double.POSITIVE_INFINITY);
    }

    /** Returns the points that are at most a margin outside the bounds of others. */
    private static double[] within(double[] points, float[] others, double margin) {
        double[] min = new double[3];
        double[] max = new double[3];
        Arrays.fill(min, Double.POSITIVE_INFINITY);
        Arrays.fill(max, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < others.length; i++) {
            min[i % 3] = Math.min(min[i % 3], others[i] - margin);
            max[i % 3] = Math.max(max[i % 3], others[i] + margin);
        }
        double[] kept = new double[points.length];
        int count = 0;
        for (int i = 0; i < points.length; i += 3) {
            boolean inside = true;
            for (int axis = 0; axis < 3; axis++) {
                inside &= points[i + axis] >= min[axis] && points[i + axis] <= max[axis];
            }
            if (inside) {
                System.arraycopy(points, i, kept, count, 3);
                count += 3;
            }
        }
        return Arrays.copyOf(kept, count);
    }

    static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
