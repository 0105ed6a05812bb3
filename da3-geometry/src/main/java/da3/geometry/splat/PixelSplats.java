package da3.geometry.splat;

import da3.geometry.Camera;
import da3.geometry.GaussianCloud;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.Vec3;
import da3.geometry.View;
import java.util.Arrays;

/**
 * One Gaussian a pixel, of its colour and at its depth: round, nearly opaque, and with a standard deviation of an eighth
 * of the pixel's side, because the renderer's own blur is wider than a pixel already. What a Gaussian head would say that
 * has nothing to add to the photos.
 */
public final class PixelSplats {

    private static final double DEVIATION = 1.0 / 8; // pixels

    // More would make the renderer drop what is behind: a tenth of the light at 0.999, a hundredth here.
    private static final float OPACITY = 0.99f;

    private PixelSplats() {}

    /**
     * View after view, row after row; pixels without depth (0) have none. Harmonics are of degree 0.
     *
     * @throws IllegalArgumentException if a view has no camera, its maps differ in size, or no pixel has depth
     */
    public static GaussianCloud of(Scene scene) {
        int size = 0;
        for (View view : scene.views()) {
            for (float depth : view.depth().values()) {
                size += depth > 0 ? 1 : 0;
            }
        }
        GaussianCloud cloud = new GaussianCloud(
                new float[3 * size], new float[3 * size], new float[4 * size], new float[3 * size], new float[size], 0);
        int next = 0;
        for (int v = 0; v < scene.views().size(); v++) {
            next = add(scene.view(v), "view " + v, cloud, next);
        }
        return cloud.requireValid();
    }

    private static int add(View view, String name, GaussianCloud cloud, int first) {
        ScalarMap depth = view.depth();
        if (view.image().width() != depth.width() || view.image().height() != depth.height()) {
            throw new IllegalArgumentException(name + " has an image of "
                    + view.image().width() + "x" + view.image().height() + " and depth of " + depth.width() + "x"
                    + depth.height() + "; legal: the same size");
        }
        Camera camera = view.camera()
                .orElseThrow(() -> new IllegalArgumentException(name + " has no camera; legal: one for each view"));
        Intrinsics k = camera.intrinsics().requireValid("the intrinsics of " + name);
        Pose toWorld = camera.pose().requireRigid("the pose of " + name).inverse();
        double pixel = 0.5 * (1 / k.fx() + 1 / k.fy());
        int i = first;
        for (int p = 0; p < depth.values().length; p++) {
            float z = depth.values()[p];
            if (!(z > 0)) {
                continue;
            }
            double x = (p % depth.width() + 0.5 - k.cx()) / k.fx();
            double y = (p / depth.width() + 0.5 - k.cy()) / k.fy();
            Vec3 mean = toWorld.transform(new Vec3(x * z, y * z, z));
            cloud.means()[3 * i] = (float) mean.x();
            cloud.means()[3 * i + 1] = (float) mean.y();
            cloud.means()[3 * i + 2] = (float) mean.z();
            Arrays.fill(cloud.scales(), 3 * i, 3 * i + 3, (float) (DEVIATION * pixel * z));
            cloud.rotations()[4 * i] = 1;
            cloud.opacities()[i] = OPACITY;
            for (int c = 0; c < 3; c++) {
                double colour = (view.image().rgb()[3 * p + c] & 0xff) / 255.0;
                cloud.harmonics()[3 * i + c] = (float) ((colour - 0.5) / HarmonicBasis.CONSTANT);
            }
            i++;
        }
        return i;
    }
}
