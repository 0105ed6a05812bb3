package da3.synthetic;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.math.Vec3;
import da3.synthetic.solid.SolidCaster;

/** The overlap of views. */
final class Overlap {

    private Overlap() {}

    /**
     * Returns the fraction of the pixels with depth whose points are inside another image and not hidden there.
     *
     * @param depth depth of the view, (rows, columns), 0 where there is none
     * @param view camera of the view
     * @param other camera of another image of the same size
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
            Vec3 point = toWorld.transform(k.unproject(i % columns + 0.5, i / columns + 0.5, depth[i]));
            Vec3 p = other.pose().transform(point);
            double u = l.projectX(p.x(), p.z());
            double v = l.projectY(p.y(), p.z());
            if (p.z() > 0 && u >= 0 && v >= 0 && u < columns && v < rows && caster.isVisible(eye, point)) {
                seen++;
            }
        }
        return valid == 0 ? 0 : (double) seen / valid;
    }
}
