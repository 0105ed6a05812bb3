package da3.geometry.gaussian;

import da3.geometry.check.Check;
import da3.geometry.math.SphericalHarmonics;

/**
 * The layout of the output of the Gaussian head and the ranges of its values. The channels of a pixel are, in this
 * order: image offset (2, if {@code offsetXy}), scale (3), rotation (4), color harmonics (3 x (shDegree + 1)^2,
 * color-major), depth offset (1, if {@code offsetDepth}).
 *
 * @param shDegree highest degree of the color harmonics
 * @param predColor whether colors are plain values; only false is supported
 * @param offsetDepth whether the head predicts an offset of the depth
 * @param offsetXy whether the head predicts an offset from the pixel center
 * @param scaleMin smallest standard deviation, in tenths of the sum of the width and height of a pixel at the depth of
 *     the Gaussian
 * @param scaleMax largest standard deviation, in the same unit
 * @param shMaskBase factor of the damping of color harmonics: those of degree d above 0 are multiplied by
 *     {@code shMaskBase * shMaskDecay^d}
 * @param shMaskDecay base of the damping; see {@code shMaskBase}
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
            throw Check.invalid("predColor", "false (color as spherical harmonics)", true);
        }
        Check.atLeast("shDegree", 0, shDegree);
        if (!(scaleMin > 0 && scaleMin <= scaleMax)) {
            throw Check.invalid(
                    "scaleMin and scaleMax", "positive and in ascending order", scaleMin + " and " + scaleMax);
        }
    }

    /** Returns the options of the published models. */
    public static GaussianOptions defaults(int shDegree, boolean offsetDepth, boolean offsetXy) {
        return new GaussianOptions(shDegree, false, offsetDepth, offsetXy, 1e-5, 30, 0.1, 0.25);
    }

    /** Returns the number of channels of a pixel. */
    public int channels() {
        return (offsetXy ? 2 : 0) + 3 + 4 + 3 * SphericalHarmonics.coefficients(shDegree) + (offsetDepth ? 1 : 0);
    }
}
