package da3.geometry.gaussian;

import da3.geometry.math.SphericalHarmonics;

/**
 * How the Gaussian head's numbers are to be read; each pixel has, in this order: shift in the image (2, if
 * {@code offsetXy}), scale (3), rotation (4), color harmonics (3 x (shDegree + 1)^2, color-major), shift in depth (1,
 * if {@code offsetDepth}).
 *
 * @param shDegree highest degree of the color harmonics
 * @param predColor whether colors are plain numbers; only false is supported
 * @param offsetDepth whether a Gaussian may leave its pixel's depth
 * @param offsetXy whether a Gaussian may leave its pixel's center
 * @param scaleMin smallest standard deviation, in tenths of a pixel's width plus height at the Gaussian's depth
 * @param scaleMax largest standard deviation, likewise
 * @param shMaskBase color harmonics of degree d above 0 are damped by {@code shMaskBase * shMaskDecay^d}
 * @param shMaskDecay see {@code shMaskBase}
 */
public record GaussianOptions(
        int shDegree,
        boolean predColor,
        boolean offsetDepth,
        boolean offsetXy,
        double scaleMin,
        double scaleMax,
        double shMaskBase,
        double shMaskDecay) {

    public GaussianOptions {
        if (predColor) {
            throw new IllegalArgumentException("predColor is true; legal: false (color as spherical harmonics)");
        }
        if (shDegree < 0) {
            throw new IllegalArgumentException("shDegree is " + shDegree + "; legal: at least 0");
        }
        if (!(scaleMin > 0 && scaleMin <= scaleMax)) {
            throw new IllegalArgumentException(
                    "scales from " + scaleMin + " to " + scaleMax + "; legal: above 0, the smaller one first");
        }
    }

    /** Of the published models. */
    public static GaussianOptions defaults(int shDegree, boolean offsetDepth, boolean offsetXy) {
        return new GaussianOptions(shDegree, false, offsetDepth, offsetXy, 1e-5, 30, 0.1, 0.25);
    }

    /** How many numbers a pixel has. */
    public int channels() {
        return (offsetXy ? 2 : 0) + 3 + 4 + 3 * SphericalHarmonics.coefficients(shDegree) + (offsetDepth ? 1 : 0);
    }
}
