package da3.geometry.rays;

import da3.geometry.math.Mat3;

/** Reads a camera from the homography that maps the image plane to ray directions. */
@FunctionalInterface
public interface HomographyFactorization {

    /**
     * @param homography maps (x, y, 1), with x and y from -1 to 1 across the image, to a ray's direction in the world,
     *     up to a positive factor; determinant above 0
     * @param rays those that the homography explains
     */
    Factors factor(Mat3 homography, RayInliers rays);

    /**
     * @param rotation camera-to-world
     * @param focalX in half image widths
     * @param focalY in half image heights
     * @param principalX in half image widths, 1 being the center
     * @param principalY in half image heights, 1 being the center
     */
    record Factors(Mat3 rotation, double focalX, double focalY, double principalX, double principalY) {}
}
