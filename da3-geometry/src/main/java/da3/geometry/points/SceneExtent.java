package da3.geometry.points;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.check.Check;
import da3.geometry.math.Percentiles;
import da3.geometry.math.Vec3;
import java.util.Arrays;

/** The size of a scene, in its own unit. */
public final class SceneExtent {

    /** Maximum number of sampled pixels. */
    private static final int MAX_SAMPLES = 1_000_000;

    private SceneExtent() {}

    /**
     * Returns the length of the diagonal of the box from the 5th to the 95th percentile along each world axis. It is
     * computed from every n-th pixel, such that at most a million are used. Views without cameras use
     * {@link PlaceholderCamera}.
     *
     * @return the length; 1 if it would be 0 or not finite
     * @throws IllegalArgumentException if the scene has no views
     */
    public static double of(Scene scene, PointFilterOptions options) {
        Check.atLeast("number of views", 1, scene.views().size());
        PointFilter filter = PointFilter.of(scene, options);
        long pixels = scene.views().stream()
                .mapToLong(view -> view.depth().values().length)
                .sum();
        int step = (int) Math.max(1, (pixels + MAX_SAMPLES - 1) / MAX_SAMPLES);
        float[][] axes = new float[3][(int) (pixels / step) + scene.views().size()];
        int count = 0;
        for (int v = 0; v < scene.views().size(); v++) {
            View view = scene.view(v);
            Camera camera = PlaceholderCamera.of(view);
            Intrinsics k = camera.intrinsics();
            Pose toWorld = camera.pose().inverse();
            for (int i = 0; i < view.depth().values().length; i += step) {
                if (filter.keeps(v, i)) {
                    double z = view.depth().values()[i];
                    Vec3 point = toWorld.transform(k.unproject(
                            i % view.depth().width() + 0.5, i / view.depth().width() + 0.5, z));
                    axes[0][count] = (float) point.x();
                    axes[1][count] = (float) point.y();
                    axes[2][count++] = (float) point.z();
                }
            }
        }
        double squared = 0;
        for (float[] axis : axes) {
            if (count > 1) {
                float[] values = Arrays.copyOf(axis, count);
                double length = Percentiles.quantile(values, 0.95) - Percentiles.quantile(values, 0.05);
                squared += length * length;
            }
        }
        return squared > 0 && Double.isFinite(squared) ? Math.sqrt(squared) : 1;
    }
}
