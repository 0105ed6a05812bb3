package da3.streaming.loop;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.View;
import da3.geometry.math.Vec3;

/**
 * How well the depth of a view agrees with that of another one that sees the same surfaces.
 *
 * @param agreeing number of shared pixels whose depths agree
 * @param shared number of pixels of the view that the other one sees
 * @param pixels number of pixels of the view
 */
public record DepthAgreement(int agreeing, int shared, int pixels) {

    /** Maximum relative difference of depths that agree. */
    private static final double TOLERANCE = 0.1;

    /** Minimum fraction of pixels that the other view sees too. */
    private static final double MIN_SHARED = 0.1;

    /**
     * Compares two views.
     *
     * @param from view whose pixels are counted, with camera
     * @param to view with a camera in the same frame and unit
     */
    public static DepthAgreement of(View from, View to) {
        Pose motion = pose(to).compose(pose(from).inverse());
        Intrinsics k = from.camera().orElseThrow().intrinsics();
        Intrinsics other = to.camera().orElseThrow().intrinsics();
        int width = from.depth().width();
        int height = from.depth().height();
        int shared = 0;
        int agreeing = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                float z = from.depth().at(x, y);
                Vec3 p = motion.transform(k.unproject(x + 0.5, y + 0.5, z));
                double column = other.projectX(p.x(), p.z());
                double row = other.projectY(p.y(), p.z());
                boolean inside = z > 0 && p.z() > 0 && column >= 0 && row >= 0 && column < width && row < height;
                if (inside) {
                    shared++;
                    float seen = to.depth().at((int) column, (int) row);
                    agreeing += Math.abs(seen - p.z()) <= TOLERANCE * p.z() ? 1 : 0;
                }
            }
        }
        return new DepthAgreement(agreeing, shared, width * height);
    }

    /** Returns the fraction of the shared pixels that agree; 0 if there are too few. */
    public double fraction() {
        return shared >= MIN_SHARED * pixels ? (double) agreeing / shared : 0;
    }

    private static Pose pose(View view) {
        return view.camera().map(Camera::pose).orElseThrow();
    }
}
