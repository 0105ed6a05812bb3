package da3.synthetic.shard;

import da3.geometry.check.Check;
import java.util.SplittableRandom;

/**
 * A simulated sensor that measures depth at some pixels only, with errors. The errors follow from the seed of a scene.
 *
 * @param density fraction of the pixels with a surface that are measured, in (0, 1]
 * @param noise standard deviation of the logarithm of measured over true depth
 * @param outliers fraction of the measurements that are wrong, from 0 to 1: uniform between the nearest and the farthest
 *     depth of the view
 */
public record DepthSensor(double density, double noise, double outliers) {

    private static final long STREAM = 0x5DEECE66DL; // apart from the draws that generate the scene

    /** @throws IllegalArgumentException if a value is out of range */
    public DepthSensor {
        Check.inRange("density", Double.MIN_VALUE, 1.0, density);
        Check.inRange("noise", 0.0, 10.0, noise);
        Check.inRange("outliers", 0.0, 1.0, outliers);
    }

    /** Returns the scene with measured depth, which is 0 where nothing was measured. */
    public ShardScene measured(ShardScene scene) {
        SplittableRandom random = new SplittableRandom(scene.seed() ^ STREAM);
        float[] measured = new float[scene.depth().length];
        int pixels = scene.rows() * scene.columns();
        for (int view = 0; view < scene.views(); view++) {
            measure(scene.depth(), view * pixels, pixels, random, measured);
        }
        return new ShardScene(
                scene.seed(),
                scene.family(),
                scene.views(),
                scene.rows(),
                scene.columns(),
                scene.rgb(),
                measured,
                scene.extrinsics(),
                scene.intrinsics(),
                scene.objects());
    }

    private void measure(float[] depth, int from, int pixels, SplittableRandom random, float[] measured) {
        float nearest = Float.POSITIVE_INFINITY;
        float farthest = 0;
        for (int i = from; i < from + pixels; i++) {
            nearest = depth[i] > 0 ? Math.min(nearest, depth[i]) : nearest;
            farthest = Math.max(farthest, depth[i]);
        }
        for (int i = from; i < from + pixels; i++) {
            boolean isMeasured = random.nextDouble() < density;
            boolean isOutlier = random.nextDouble() < outliers;
            double position = random.nextDouble();
            double error = StrictMath.exp(noise * random.nextGaussian());
            if (depth[i] > 0 && isMeasured) {
                measured[i] = (float) (isOutlier ? nearest + position * (farthest - nearest) : depth[i] * error);
            }
        }
    }
}
