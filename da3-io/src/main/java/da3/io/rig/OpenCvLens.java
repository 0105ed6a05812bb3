package da3.io.rig;

import da3.geometry.Intrinsics;
import da3.geometry.check.Check;
import da3.geometry.lens.BrownConrady;
import da3.geometry.lens.CameraModel;
import da3.geometry.lens.Fisheye;
import da3.geometry.lens.Pinhole;
import da3.geometry.rig.RigCamera;
import java.util.Arrays;

/** Lenses in the conventions of OpenCV: pixel centers are at whole numbers, coefficients k1, k2, p1, p2, k3 and so on. */
final class OpenCvLens {

    private OpenCvLens() {}

    /** Returns intrinsics for pixel centers at 0.5 from those for pixel centers at whole numbers. */
    static Intrinsics intrinsics(double fx, double fy, double cx, double cy) {
        return new Intrinsics(fx, fy, cx, cy).cropped(-0.5, -0.5);
    }

    /** Returns fx, fy, cx and cy for pixel centers at whole numbers. */
    static double[] values(Intrinsics intrinsics) {
        Intrinsics k = intrinsics.cropped(0.5, 0.5);
        return new double[] {k.fx(), k.fy(), k.cx(), k.cy()};
    }

    /**
     * Returns a lens with radial and tangential distortion.
     *
     * @param d up to eight coefficients k1, k2, p1, p2, k3, k4, k5, k6; missing ones are 0
     */
    static CameraModel brownConrady(Intrinsics k, double[] d) {
        if (d.length > 8) {
            throw Check.invalid("number of distortion coefficients", "at most 8", d.length);
        }
        double[] all = Arrays.copyOf(d, 8);
        return new BrownConrady(k, all[0], all[1], all[2], all[3], all[4], all[5], all[6], all[7]);
    }

    /**
     * Returns a fisheye lens.
     *
     * @param d coefficients k1, k2, k3, k4
     */
    static CameraModel equidistant(Intrinsics k, double[] d) {
        if (d.length != 4) {
            throw Check.invalid("number of distortion coefficients of an equidistant lens", "4", d.length);
        }
        return new Fisheye(k, d[0], d[1], d[2], d[3], 0, 0, 0, 0);
    }

    /** Returns whether a fisheye lens has only the four radial coefficients. */
    static boolean isRadial(Fisheye f) {
        return f.p1() == 0 && f.p2() == 0 && f.sx1() == 0 && f.sy1() == 0;
    }

    /** Returns the intrinsics of a camera without distortion, the only kind that a format can represent. */
    static Intrinsics pinhole(RigCamera camera, String format) {
        if (!(camera.lens() instanceof Pinhole)) {
            throw Check.invalid("lens of camera " + camera.name() + " in " + format, "a pinhole", camera.lens());
        }
        return camera.lens().intrinsics();
    }

    /**
     * Returns the image size of a camera, which a file gives as numbers.
     *
     * @param size width and height
     * @throws IllegalArgumentException if they are not whole numbers
     */
    static RigCamera.Size size(String camera, double[] size) {
        int width = (int) size[0];
        int height = (int) size[1];
        if (width != size[0] || height != size[1]) {
            throw Check.invalid("image size of camera " + camera, "whole numbers", size[0] + " x " + size[1]);
        }
        return new RigCamera.Size(width, height);
    }

    static RigCamera.Size size(RigCamera camera, String format) {
        return camera.size()
                .orElseThrow(() ->
                        Check.invalid("image size of camera " + camera.name() + " in " + format, "known", "none"));
    }
}
