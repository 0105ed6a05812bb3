package da3.geometry;

import da3.geometry.math.Vec3;

/**
 * The horizontal and vertical field of view of a camera: full angles between the centers of opposite image sides.
 *
 * @param horizontal radians
 * @param vertical radians
 */
public record FieldOfView(double horizontal, double vertical) {

    /**
     * Returns the field of view of a camera.
     *
     * @param k intrinsics, in any unit of length
     * @param width image width in the unit of the intrinsics
     * @param height image height in the unit of the intrinsics
     */
    public static FieldOfView of(Intrinsics k, double width, double height) {
        double left = k.unprojectX(0);
        double right = k.unprojectX(width);
        double top = k.unprojectY(0);
        double bottom = k.unprojectY(height);
        double middleX = (left + right) / 2;
        double middleY = (top + bottom) / 2;
        return new FieldOfView(
                angle(new Vec3(left, middleY, 1), new Vec3(right, middleY, 1)),
                angle(new Vec3(middleX, top, 1), new Vec3(middleX, bottom, 1)));
    }

    // The arc tangent is accurate at small angles; an arc cosine is not.
    private static double angle(Vec3 a, Vec3 b) {
        return Math.atan2(a.cross(b).norm(), a.dot(b));
    }
}
