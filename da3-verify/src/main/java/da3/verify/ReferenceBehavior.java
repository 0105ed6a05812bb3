package da3.verify;

import da3.core.PostProcessing;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import da3.geometry.path.CameraPath;
import da3.geometry.path.ExtendedPath;
import da3.geometry.path.InterpolatedPath;
import da3.geometry.path.OriginalPath;
import da3.geometry.path.PoseSmoothing;
import da3.geometry.path.SmoothPath;
import da3.geometry.path.Trajectory;
import da3.geometry.points.PointFilter;
import da3.geometry.rays.HomographyFactorization;
import da3.geometry.rays.RayInliers;
import da3.io.colmap.ColmapPhoto;
import da3.nn.internal.ViewOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;

/**
 * Reproduces behavior of the reference that this project fixes, so that the numbers of the reference can be compared.
 */
final class ReferenceBehavior {

    /** Seed of the reference's random draws. */
    static final long SEED = 42;

    /** Pose smoothing that does not orthogonalize the averaged axes. */
    static final PoseSmoothing SKEWED = new PoseSmoothing(UnaryOperator.identity());

    private ReferenceBehavior() {}

    /** Returns post-processing with the reference's factorization, and with nested Gaussians in the any-view unit. */
    static PostProcessing postProcessing(boolean posesFromRays, Optional<int[][]> sampleTable) {
        return new PostProcessing(posesFromRays, SEED, sampleTable, ReferenceBehavior::factor, false);
    }

    /**
     * Factors into a rotation times a lower triangular matrix, which is correct only for a centered principal point.
     */
    static HomographyFactorization.Factors factor(Mat3 h, RayInliers rays) {
        // Gram-Schmidt from the right results in a lower triangle; a positive determinant fixes the first column
        Vec3 third = h.column(2).times(1 / h.column(2).norm());
        Vec3 rest = h.column(1).minus(third.times(third.dot(h.column(1))));
        Vec3 second = rest.times(1 / rest.norm());
        Vec3 first = second.cross(third);
        double l22 = third.dot(h.column(2));
        return new HomographyFactorization.Factors(
                Mat3.ofColumns(first, second, third),
                l22 / first.dot(h.column(0)),
                l22 / second.dot(h.column(1)),
                1 + third.dot(h.column(0)) / l22,
                1 + third.dot(h.column(1)) / l22);
    }

    /**
     * Returns features with the reference view first for layers from {@code altStart - 1} on, else in the caller's
     * order.
     */
    static float[] features(float[] callersOrder, int layer, int altStart, int referenceView, int views) {
        if (referenceView < 0 || layer < altStart - 1) {
            return callersOrder;
        }
        int[] order = ViewOrder.referenceFirst(views, referenceView);
        int view = callersOrder.length / views;
        float[] reordered = new float[callersOrder.length];
        for (int i = 0; i < views; i++) {
            System.arraycopy(callersOrder, order[i] * view, reordered, i * view, view);
        }
        return reordered;
    }

    /**
     * Points that one view each observes.
     *
     * @param tracks (points, 3): point and image, counted from 1, and observation, counted from 0
     * @param observations by view, (observations, 3): x, y, point
     */
    record SingleTracks(double[] tracks, List<double[]> observations) {}

    /** Returns one observation per point, with coordinates in the photo truncated to whole pixels. */
    static SingleTracks singleTracks(Scene scene, List<ColmapPhoto> photos, PointFilter filter) {
        DoubleStream.Builder tracks = DoubleStream.builder();
        List<double[]> observations = new ArrayList<>();
        int points = 0;
        for (int view = 0; view < photos.size(); view++) {
            ScalarMap depth = scene.view(view).depth();
            ColmapPhoto photo = photos.get(view);
            DoubleStream.Builder seen = DoubleStream.builder();
            int count = 0;
            for (int i = 0; i < depth.values().length; i++) {
                if (filter.keeps(view, i)) {
                    tracks.add(++points).add(view + 1).add(count++);
                    seen.add((int) (i % depth.width() * ((double) photo.width() / depth.width())))
                            .add((int) (i / depth.width() * ((double) photo.height() / depth.height())))
                            .add(points);
                }
            }
            observations.add(seen.build().toArray());
        }
        return new SingleTracks(tracks.build().toArray(), observations);
    }

    /** Returns a path whose smoothed rotations are not orthogonalized. */
    static CameraPath path(Trajectory trajectory) {
        return switch (trajectory) {
            case SMOOTH -> new SmoothPath(new OriginalPath(), SKEWED);
            case INTERPOLATE_SMOOTH -> new SmoothPath(new InterpolatedPath(), SKEWED);
            case EXTEND -> new ExtendedPath(SKEWED);
            default -> trajectory::through;
        };
    }
}
