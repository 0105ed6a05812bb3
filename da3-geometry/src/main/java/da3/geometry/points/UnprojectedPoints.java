package da3.geometry.points;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.PointCloud;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.math.Vec3;
import java.util.Arrays;
import java.util.Optional;

/**
 * The points of the pixels of a scene in world coordinates, ordered by view and row.
 *
 * @param cloud points and colors, without normals; with confidences if all views have them
 * @param views (points), the view that each point is from
 */
public record UnprojectedPoints(PointCloud cloud, int[] views) {

    /** Offset of the rays from the top left corner of their pixels: through the pixel centers. */
    public static final double CENTER = 0.5;

    /** Offset of the rays from the top left corner of their pixels: through the corners, as in the reference. */
    public static final double CORNER = 0;

    /**
     * Unprojects the pixels that a filter keeps. Points too far away for single precision are omitted. Views without
     * cameras use {@link PlaceholderCamera}.
     *
     * @param offset {@link #CENTER} or {@link #CORNER}
     * @throws IllegalArgumentException if a camera is invalid
     */
    public static UnprojectedPoints of(Scene scene, PointFilter filter, double offset) {
        Builder builder = new Builder(scene, count(scene, filter));
        for (int v = 0; v < scene.views().size(); v++) {
            View view = scene.view(v);
            Camera camera = PlaceholderCamera.of(view);
            Pose toWorld = camera.pose().requireRigid("the pose of view " + v).inverse();
            Intrinsics k = camera.intrinsics().requireValid("the intrinsics of view " + v);
            ScalarMap depth = view.depth();
            for (int i = 0; i < depth.values().length; i++) {
                if (filter.keeps(v, i)) {
                    double column = i % depth.width() + offset;
                    double row = i / depth.width() + offset;
                    builder.add(toWorld.transform(k.unproject(column, row, depth.values()[i])), v, i);
                }
            }
        }
        return builder.points();
    }

    private static int count(Scene scene, PointFilter filter) {
        int count = 0;
        for (int v = 0; v < scene.views().size(); v++) {
            for (int i = 0; i < scene.view(v).depth().values().length; i++) {
                count = filter.keeps(v, i) ? Math.addExact(count, 1) : count;
            }
        }
        return count;
    }

    /** Arrays that points are added to. */
    private static final class Builder {

        private final Scene scene;
        private final float[] positions;
        private final byte[] colors;
        private final Optional<float[]> confidences;
        private final int[] views;
        private int size;

        Builder(Scene scene, int capacity) {
            this.scene = scene;
            this.positions = new float[Math.multiplyExact(3, capacity)];
            this.colors = new byte[3 * capacity];
            this.confidences =
                    scene.views().stream().allMatch(view -> view.confidence().isPresent())
                            ? Optional.of(new float[capacity])
                            : Optional.empty();
            this.views = new int[capacity];
        }

        void add(Vec3 point, int view, int pixel) {
            if (!fitsFloat(point.x()) || !fitsFloat(point.y()) || !fitsFloat(point.z())) {
                return;
            }
            positions[3 * size] = (float) point.x();
            positions[3 * size + 1] = (float) point.y();
            positions[3 * size + 2] = (float) point.z();
            System.arraycopy(scene.view(view).image().rgb(), 3 * pixel, colors, 3 * size, 3);
            if (confidences.isPresent()) {
                confidences.get()[size] =
                        scene.view(view).confidence().orElseThrow().values()[pixel];
            }
            views[size++] = view;
        }

        private static boolean fitsFloat(double coordinate) {
            return Math.abs(coordinate) <= Float.MAX_VALUE;
        }

        UnprojectedPoints points() {
            if (size == views.length) {
                return new UnprojectedPoints(new PointCloud(positions, colors, Optional.empty(), confidences), views);
            }
            PointCloud cloud = new PointCloud(
                    Arrays.copyOf(positions, 3 * size),
                    Arrays.copyOf(colors, 3 * size),
                    Optional.empty(),
                    confidences.map(values -> Arrays.copyOf(values, size)));
            return new UnprojectedPoints(cloud, Arrays.copyOf(views, size));
        }
    }
}
