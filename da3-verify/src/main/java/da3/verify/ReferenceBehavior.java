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
 * What the reference does and this project mends, done as the reference does it, so that its numbers can be compared.
 */
final class ReferenceBehavior {

    /** Of the reference's own seeded draws. */
    static final long SEED = 42;

    /** Averaged axes are left as they are, a little off the perpendicular. */
    static final PoseSmoothing SKEWED = new PoseSmoothing(UnaryOperator.identity());

    private ReferenceBehavior() {}

    /** Cameras read from rays as the reference reads them, and a nested model's Gaussians left in the any-view unit. */
    static PostProcessing postProcessing(boolean posesFromRays, Optional<int[][]> sampleTable) {
        return new PostProcessing(posesFromRays, SEED, sampleTable, ReferenceBehavior::factor, false);
    }

    /** Rotation times lower triangular matrix, which is right only for a centered principal point. */
    static HomographyFactorization.Factors factor(Mat3 h, RayInliers rays) {
        // Gram-Schmidt from the right gives a lower triangle; the first column follows from a positive determinant
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

    /** Features of layers from {@code altStart - 1} on, left with the reference view first. */
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
     * Points that one view each sees.
     *
     * @param tracks (points, 3): point, image, observation; the first two from 1
     * @param observations by view, (observations, 3): x, y, point
     */
    record SingleTracks(double[] tracks, List<double[]> observations) {}

    /** Whole pixels of the photo, left and above of where the pixel of the view lies. */
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

    /** A path with what is smoothed left askew. */
    static CameraPath path(Trajectory trajectory) {
        return switch (trajectory) {
            case SMOOTH -> new SmoothPath(new OriginalPath(), SKEWED);
            case INTERPOLATE_SMOOTH -> new SmoothPath(new InterpolatedPath(), SKEWED);
            case EXTEND -> new ExtendedPath(SKEWED);
            default -> trajectory::through;
        };
    }
}
