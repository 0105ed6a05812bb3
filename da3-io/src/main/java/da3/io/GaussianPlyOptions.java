package da3.io;

/**
 * Which Gaussians go into a file, and how.
 *
 * @param trimBorder whether those of a view's margin, 8/256 of its height and width on each side, are left out: they are of
 *     lower quality. The margin is rounded down, so that images under 32 pixels have none
 * @param depthQuantile those beyond this quantile of their view's depth are left out; 1 leaves out none
 * @param interval of so many views one is taken; 0 takes about twelve views
 * @param layout columns of the file
 * @param normalized whether the scene is moved and scaled: its median becomes the origin, and 95 % of it lie within -1 to 1
 */
public record GaussianPlyOptions(
        boolean trimBorder, double depthQuantile, int interval, Layout layout, boolean normalized) {

    /** Columns of a file. */
    public enum Layout {
        /** With normals (zeros), and the color that is the same from all sides: what every viewer reads. */
        CONSTANT_COLOR,
        /** With normals (zeros), and all harmonics. */
        ALL_HARMONICS,
        /** Without normals, and with harmonics of degree 3 that are zero, as the MCMC trainers write. */
        MCMC
    }

    public GaussianPlyOptions {
        if (!(depthQuantile > 0 && depthQuantile <= 1)) {
            throw new IllegalArgumentException("depth quantile is " + depthQuantile + "; legal: above 0, at most 1");
        }
        if (interval < 0) {
            throw new IllegalArgumentException(
                    "interval is " + interval + "; legal: 0 (about twelve views) or 1 (all) and up");
        }
    }

    /** As the reference's application writes. */
    public static GaussianPlyOptions defaults() {
        return new GaussianPlyOptions(true, 0.9, 1, Layout.CONSTANT_COLOR, false);
    }

    /** Every Gaussian. */
    public static GaussianPlyOptions complete() {
        return new GaussianPlyOptions(false, 1, 1, Layout.ALL_HARMONICS, false);
    }

    public GaussianPlyOptions withTrimBorder(boolean trimBorder) {
        return new GaussianPlyOptions(trimBorder, depthQuantile, interval, layout, normalized);
    }

    public GaussianPlyOptions withDepthQuantile(double depthQuantile) {
        return new GaussianPlyOptions(trimBorder, depthQuantile, interval, layout, normalized);
    }

    public GaussianPlyOptions withInterval(int interval) {
        return new GaussianPlyOptions(trimBorder, depthQuantile, interval, layout, normalized);
    }

    public GaussianPlyOptions withLayout(Layout layout) {
        return new GaussianPlyOptions(trimBorder, depthQuantile, interval, layout, normalized);
    }

    public GaussianPlyOptions withNormalized(boolean normalized) {
        return new GaussianPlyOptions(trimBorder, depthQuantile, interval, layout, normalized);
    }
}
