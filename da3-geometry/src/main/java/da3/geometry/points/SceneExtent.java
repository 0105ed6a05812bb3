package da3.geometry.points;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.math.Percentiles;
import da3.geometry.math.Vec3;
import java.util.Arrays;

/** How large a scene is, whatever its unit. */
public final class SceneExtent {

    /** So many pixels tell it as well as all. */
    private static final int ENOUGH = 1_000_000;

    private SceneExtent() {}

    /**
     * Length of the diagonal from the 5th to the 95th percentile along each axis of the world, of every n-th pixel with n
     * so that at most a million count; 1 where that is nothing. Views without cameras see from {@link PlaceholderCamera}.
     *
     * @throws IllegalArgumentException if the scene has no views
     */
    public static double of(Scene scene, PointFilterOptions options) {
        if (scene.views().isEmpty()) {
            throw new IllegalArgumentException("scene has no views; legal: at least 1");
        }
        PointFilter filter = PointFilter.of(scene, options);
        long pixels = scene.views().stream()
                .mapToLong(view -> view.depth().values().length)
                .sum();
        int step = (int) Math.max(1, (pixels + ENOUGH - 1) / ENOUGH);
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
                    double x = (i % view.depth().width() + 0.5 - k.cx()) / k.fx() * z;
                    double y = (i / view.depth().width() + 0.5 - k.cy()) / k.fy() * z;
                    Vec3 point = toWorld.transform(new Vec3(x, y, z));
                    axes[0][count] = (float) point.x();
                    axes[1][count] = (float) point.y();
                    axes[2][count++] = (float) point.z();
                }
            }
        }
        double squared = 0;
        for (float[] axis : axes) {
            if (count > 1) {
                float[] seen = Arrays.copyOf(axis, count);
                double length = Percentiles.quantile(seen, 0.95) - Percentiles.quantile(seen, 0.05);
                squared += length * length;
            }
        }
        return squared > 0 && Double.isFinite(squared) ? Math.sqrt(squared) : 1;
    }
}
