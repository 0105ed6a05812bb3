package da3.io.internal;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.math.Vec3;

/** Draws a camera as eight lines: from its center to the corners of the image plane, and around the image. */
public final class CameraWireframe {

    private static final double SATURATION = 0.85;
    private static final double VALUE = 0.95;

    private CameraWireframe() {}

    /**
     * Returns the end points of the lines, (8, 2, 3): first from the center to the corners, clockwise from the top
     * left, then between the corners in that order.
     *
     * @param width of the image in pixels; the corners are (0, 0) and (width - 1, height - 1)
     * @param height of the image in pixels
     * @param size distance from the camera center to the image plane
     * @param alignment motion from world coordinates to those of the lines
     */
    public static double[] lines(Camera camera, int width, int height, double size, Pose alignment) {
        Intrinsics k = camera.intrinsics();
        Pose toAligned = alignment.compose(camera.pose().inverse());
        double left = -k.cx() / k.fx() * size;
        double right = (width - 1 - k.cx()) / k.fx() * size;
        double top = -k.cy() / k.fy() * size;
        double bottom = (height - 1 - k.cy()) / k.fy() * size;
        Vec3 center = toAligned.translation();
        Vec3[] corners = {
            toAligned.transform(new Vec3(left, top, size)),
            toAligned.transform(new Vec3(right, top, size)),
            toAligned.transform(new Vec3(right, bottom, size)),
            toAligned.transform(new Vec3(left, bottom, size))
        };
        double[] lines = new double[8 * 2 * 3];
        for (int i = 0; i < 4; i++) {
            put(lines, 2 * i, center);
            put(lines, 2 * i + 1, corners[i]);
            put(lines, 2 * (4 + i), corners[i]);
            put(lines, 2 * (4 + i) + 1, corners[(i + 1) % 4]);
        }
        return lines;
    }

    private static void put(double[] lines, int end, Vec3 point) {
        lines[3 * end] = point.x();
        lines[3 * end + 1] = point.y();
        lines[3 * end + 2] = point.z();
    }

    /** Returns the sRGB color of a view's camera; the hues of all views cover the color circle. */
    public static byte[] color(int view, int views) {
        double hue = 6 * (view + 0.5) / views;
        byte[] rgb = new byte[3];
        for (int c = 0; c < 3; c++) {
            // Each channel is 1 for a third of the circle, with a ramp of a sixth on both sides.
            double distance = Math.abs((hue - 2 * c + 9) % 6 - 3);
            double purity = Math.max(0, Math.min(1, 2 - distance));
            rgb[c] = (byte) (255 * VALUE * (1 - SATURATION * (1 - purity)));
        }
        return rgb;
    }
}
