package da3.geometry.rays;

import da3.geometry.math.Mat3;

/** Derives a camera from the homography that maps the image plane to ray directions. */
@FunctionalInterface
public interface HomographyFactorization {

    /**
     * Returns the camera of a homography.
     *
     * @param homography maps (x, y, 1), with x and y from -1 to 1 across the image, to the direction of a ray in the
     *     world, up to a positive factor; determinant positive
     * @param rays inliers of the homography
     */
    Factors factor(Mat3 homography, RayInliers rays);

    /**
     * A camera without its center.
     *
     * @param rotation camera-to-world
     * @param focalX in half image widths
     * @param focalY in half image heights
     * @param principalX in half image widths; 1 is the center
     * @param principalY in half image heights; 1 is the center
     */
    record Factors(Mat3 rotation, double focalX, double focalY, double principalX, double principalY) {}
}
