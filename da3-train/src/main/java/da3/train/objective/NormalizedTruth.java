package da3.train.objective;

/**
 * Ground truth in the unit of the objective: lengths of each scene are divided by the mean distance of its valid points
 * from the origin of the world.
 *
 * @param rayRows height of the ray map
 * @param rayColumns width of the ray map
 * @param scale (scenes): divisors of the lengths
 * @param depth (images, rows, columns): 0 where invalid
 * @param ray (images, rayRows, rayColumns, 6): direction, not of unit length, then origin
 * @param rayMask (images, rayRows, rayColumns): the mask at the pixels under the rays' centers
 * @param point (images, rayRows, rayColumns, 3): world points on the rays; the rays' origin where invalid
 * @param poseEncoding (images, 9): camera-to-world, quaternion with w not negative
 */
public record NormalizedTruth(
        int rayRows,
        int rayColumns,
        double[] scale,
        float[] depth,
        float[] ray,
        boolean[] rayMask,
        float[] point,
        float[] poseEncoding) {}
