package da3.evaluation.surface;

import da3.geometry.Camera;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.View;
import da3.geometry.concurrent.Parallel;
import da3.geometry.math.Vec3;
import java.util.List;

/**
 * Points that several views agree on. A pixel's point is projected into every view, where the points of the four pixels
 * around it are interpolated; those that come within a distance of it are averaged, if they are enough.
 *
 * <p>Source: reference file src/depth_anything_3/bench/datasets/dtu.py, function _fuse_consistent_points.
 */
final class ConsistentPoints {

    private final List<View> views;
    private final List<Pose> toWorld;
    private final double distance;
    private final int minViews;

    /**
     * Creates a filter.
     *
     * @param views views with cameras; depth is 0 where there is none
     * @param distance distance below which points agree
     * @param minViews number of views that have to agree, the pixel's own included
     */
    ConsistentPoints(List<View> views, double distance, int minViews) {
        this.views = views;
        this.toWorld = views.stream()
                .map(view -> view.camera().orElseThrow().pose().inverse())
                .toList();
        this.distance = distance;
        this.minViews = minViews;
    }

    /** Adds the points of a view, row by row. */
    void addTo(PointReservoir reservoir, int view) {
        ScalarMap depth = views.get(view).depth();
        double[] points = new double[3 * depth.values().length]; // NaN where views disagree
        Parallel.forEach(depth.height(), 0, y -> {
            for (int x = 0; x < depth.width(); x++) {
                Vec3 point = depth.at(x, y) > 0 ? agreed(point(view, x, y)) : null;
                int at = 3 * (y * depth.width() + x);
                points[at] = point == null ? Double.NaN : point.x();
                points[at + 1] = point == null ? Double.NaN : point.y();
                points[at + 2] = point == null ? Double.NaN : point.z();
            }
        });
        for (int i = 0; i < points.length; i += 3) {
            if (!Double.isNaN(points[i])) {
                reservoir.add(points[i], points[i + 1], points[i + 2]);
            }
        }
    }

    /** Returns the world point that a pixel sees. */
    private Vec3 point(int view, int x, int y) {
        View seen = views.get(view);
        Camera camera = seen.camera().orElseThrow();
        return toWorld.get(view)
                .transform(camera.intrinsics()
                        .unproject(x + 0.5, y + 0.5, seen.depth().at(x, y)));
    }

    /** Returns the mean of the points that agree with a point; null if they are too few. */
    private Vec3 agreed(Vec3 point) {
        Vec3 sum = Vec3.ZERO;
        int agreeing = 0;
        for (int view = 0; view < views.size(); view++) {
            Vec3 other = interpolated(view, point);
            if (other != null && other.minus(point).norm() < distance) {
                sum = sum.plus(other);
                agreeing++;
            }
        }
        return agreeing >= minViews ? sum.times(1.0 / agreeing) : null;
    }

    /** Returns what a view has where it sees a point; null outside the image, behind the camera or without depth. */
    private Vec3 interpolated(int view, Vec3 point) {
        Camera camera = views.get(view).camera().orElseThrow();
        ScalarMap depth = views.get(view).depth();
        Vec3 seen = camera.pose().transform(point);
        double u = camera.intrinsics().projectX(seen.x(), seen.z()) - 0.5;
        double v = camera.intrinsics().projectY(seen.y(), seen.z()) - 0.5;
        if (!(seen.z() > 0 && u >= 0 && v >= 0 && u <= depth.width() - 1 && v <= depth.height() - 1)) {
            return null;
        }
        int left = (int) u;
        int top = (int) v;
        Vec3 sum = Vec3.ZERO;
        for (int corner = 0; corner < 4; corner++) {
            int x = left + corner % 2;
            int y = top + corner / 2;
            double weight = (1 - Math.abs(u - x)) * (1 - Math.abs(v - y));
            if (weight > 0) {
                if (!(depth.at(x, y) > 0)) {
                    return null;
                }
                sum = sum.plus(point(view, x, y).times(weight));
            }
        }
        return sum;
    }
}
