package da3.synthetic;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.math.Vec3;
import da3.synthetic.solid.SolidCaster;

/** How much of what a view shows another view sees. */
final class Overlap {

    private Overlap() {}

    /**
     * Returns the share of a view's pixels with depth whose points lie in the other image and are not hidden there.
     *
     * @param depth of the view, (rows, columns), 0 where there is none
     * @param view its camera
     * @param other camera of an image of the same size
     */
    static double share(SolidCaster caster, float[] depth, Camera view, Camera other, int rows, int columns) {
        Intrinsics k = view.intrinsics();
        Intrinsics l = other.intrinsics();
        Pose toWorld = view.pose().inverse();
        Vec3 eye = other.pose().cameraCenter();
        int valid = 0;
        int seen = 0;
        for (int i = 0; i < depth.length; i++) {
            if (depth[i] == 0) {
                continue;
            }
            valid++;
            double z = depth[i];
            double x = (i % columns + 0.5 - k.cx()) / k.fx() * z;
            double y = (i / columns + 0.5 - k.cy()) / k.fy() * z;
            Vec3 point = toWorld.transform(new Vec3(x, y, z));
            Vec3 p = other.pose().transform(point);
            double u = l.fx() * p.x() / p.z() + l.cx();
            double v = l.fy() * p.y() / p.z() + l.cy();
            if (p.z() > 0 && u >= 0 && v >= 0 && u < columns && v < rows && caster.sees(eye, point)) {
                seen++;
            }
        }
        return valid == 0 ? 0 : (double) seen / valid;
    }
}
