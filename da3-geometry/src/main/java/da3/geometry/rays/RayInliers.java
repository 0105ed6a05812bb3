package da3.geometry.rays;

/**
 * The rays that a homography explains, for refining a camera on them.
 *
 * @param plane (rays, 2), where each ray's pixel lies, from -1 to 1 across the image
 * @param directions (rays, 3), unit vectors in the world, on the side to which the homography sends the pixel
 * @param weights (rays), above 0
 */
public record RayInliers(double[] plane, double[] directions, double[] weights) {

    public int size() {
        return weights.length;
    }
}
