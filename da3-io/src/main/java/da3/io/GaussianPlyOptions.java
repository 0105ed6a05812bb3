package da3.io;

import da3.geometry.check.Check;

/**
 * Options for writing Gaussians: which are written, and in what layout.
 *
 * @param trimBorder whether Gaussians at a view's border are omitted, because their quality is lower. The border is
 *     8/256 of the width and height on each side, rounded down, so images under 32 pixels have none
 * @param depthQuantile Gaussians beyond this quantile of their view's depth are omitted; above 0, at most 1
 * @param interval every interval-th view is written; 0 writes about twelve views
 * @param layout columns of the file
 * @param normalized whether the scene is moved and scaled, so that its median is the origin and each coordinate of 95 %
 *     of the Gaussians is within -1 to 1
 */
public record GaussianPlyOptions(
        boolean trimBorder, double depthQuantile, int interval, Layout layout, boolean normalized) {

    /** The columns of a file. */
    public enum Layout {
        /** Normals (zeros) and the constant color; every viewer reads it. */
        CONSTANT_COLOR,
        /** Normals (zeros) and all harmonics. */
        ALL_HARMONICS,
        /** No normals; harmonics of degree 3 whose higher coefficients are 0, as MCMC trainers write. */
        MCMC
    }

    public GaussianPlyOptions {
        if (!(depthQuantile > 0 && depthQuantile <= 1)) {
            throw Check.invalid("depth quantile", "above 0 and at most 1", depthQuantile);
        }
        Check.atLeast("interval", 0, interval);
    }

    /** Returns the options of the reference's application. */
    public static GaussianPlyOptions defaults() {
        return new GaussianPlyOptions(true, 0.9, 1, Layout.CONSTANT_COLOR, false);
    }

    /** Returns options that write every Gaussian with all harmonics. */
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
