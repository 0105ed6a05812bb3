package da3.synthetic;

import da3.geometry.math.Vec3;

/**
 * The background of a scene: a gradient with clouds.
 *
 * @param zenith color straight up
 * @param horizon color of the horizon and below it
 * @param clouds fraction of the sky covered by clouds, 0 to 1
 * @param seed seed of the clouds
 */
public record Sky(Color zenith, Color horizon, double clouds, long seed) {

    private static final Color CLOUD = new Color(1.5, 1.5, 1.52);

    /** Returns a blue sky with some clouds. */
    public static Sky fair(long seed) {
        return new Sky(new Color(0.13, 0.3, 0.72), new Color(0.72, 0.86, 1.02), 0.45, seed);
    }

    public Sky withClouds(double clouds) {
        return new Sky(zenith, horizon, clouds, seed);
    }

    /** Returns the color in a direction of any length. */
    public Color color(Vec3 direction) {
        Vec3 d = Vectors.unit(direction);
        double height = Math.max(0, d.y());
        Color clear = horizon.mixed(zenith, Math.min(1, 1.6 * Math.sqrt(height)));
        if (height < 0.02) {
            return clear;
        }
        // Clouds are on a horizontal plane, so they become denser toward the horizon.
        Vec3 plane = new Vec3(d.x() / (height + 0.12) * 1.1, d.z() / (height + 0.12) * 1.8, 0);
        double noise = ValueNoise.octaves(seed, plane, 5);
        double cover = Math.max(0, Math.min(1, (noise - 1 + clouds) * 3.5));
        return clear.mixed(CLOUD, 0.9 * cover * Math.min(1, (height - 0.02) * 8));
    }
}
