package da3.geometry.rays;

/**
 * The rays that a homography explains, for refining a camera.
 *
 * @param plane (rays, 2), pixel positions, from -1 to 1 across the image
 * @param directions (rays, 3), unit vectors in the world, with the sign that the homography gives
 * @param weights (rays), positive
 */
public record RayInliers(double[] plane, double[] directions, double[] weights) {

    public int size() {
        return weights.length;
    }
}
