package da3.geometry;

import da3.geometry.math.Vec3;

/**
 * How wide a camera sees, measured between the middles of opposite image sides.
 *
 * @param horizontal radians
 * @param vertical radians
 */
public record FieldOfView(double horizontal, double vertical) {

    /**
     * @param width of the image, in the unit of the intrinsics
     * @param height of the image, in the unit of the intrinsics
     */
    public static FieldOfView of(Intrinsics k, double width, double height) {
        double left = -k.cx() / k.fx();
        double right = (width - k.cx()) / k.fx();
        double top = -k.cy() / k.fy();
        double bottom = (height - k.cy()) / k.fy();
        double middleX = (left + right) / 2;
        double middleY = (top + bottom) / 2;
        return new FieldOfView(
                angle(new Vec3(left, middleY, 1), new Vec3(right, middleY, 1)),
                angle(new Vec3(middleX, top, 1), new Vec3(middleX, bottom, 1)));
    }

    // The arc tangent keeps its precision at small angles, where an arc cosine has none.
    private static double angle(Vec3 a, Vec3 b) {
        return Math.atan2(a.cross(b).norm(), a.dot(b));
    }
}
