package da3.evaluation.surface;

import da3.geometry.check.Check;
import java.util.OptionalDouble;

/**
 * How predicted depth is fused into a surface and compared with the true one. Lengths are in the unit of the true
 * cameras. Source: reference file src/depth_anything_3/utils/constants.py.
 *
 * @param voxelSize side of a voxel of the fused volume
 * @param truncation distance from a surface at which signed distances are cut off, 1 to 32 voxels
 * @param maxDepth depth beyond which pixels are not fused
 * @param threshold distance below which a point counts as correct, for precision and recall
 * @param sampling side of the voxels to which both surfaces are thinned before they are compared
 * @param projective whether signed distances are measured along the rays of pixels, as in the reference, instead of to the
 *     planes of surfaces
 * @param samples number of points drawn from the fused surface
 * @param margin distance outside the bounds of the true surface beyond which points of the fused one are left out; empty
 *     to keep them all
 */
public record FusionSettings(
        double voxelSize,
        double truncation,
        double maxDepth,
        double threshold,
        double sampling,
        boolean projective,
        int samples,
        OptionalDouble margin) {

    /** Number of points that the reference draws from fused surfaces. */
    public static final int SAMPLES = 1_000_000;

    /** Creates settings with {@value #SAMPLES} samples that keep all points. */
    public FusionSettings(double voxelSize, double truncation, double maxDepth, double threshold, double sampling) {
        this(voxelSize, truncation, maxDepth, threshold, sampling, false, SAMPLES, OptionalDouble.empty());
    }

    /** Returns settings for fusion as in the reference, with {@value #SAMPLES} samples that keep all points. */
    public static FusionSettings ofReference(
            double voxelSize, double truncation, double maxDepth, double threshold, double sampling) {
        return new FusionSettings(
                voxelSize, truncation, maxDepth, threshold, sampling, true, SAMPLES, OptionalDouble.empty());
    }

    /** Checks that all lengths and the number of samples are positive. */
    public FusionSettings {
        Check.positive("voxel size", voxelSize);
        Check.positive("truncation", truncation);
        Check.positive("maximum depth", maxDepth);
        Check.positive("threshold", threshold);
        Check.positive("sampling", sampling);
        Check.positive("samples", samples);
        margin.ifPresent(distance -> Check.atLeast("margin", 0, distance));
    }

    /** Returns these settings with another number of points drawn from the fused surface. */
    public FusionSettings withSamples(int count) {
        return new FusionSettings(voxelSize, truncation, maxDepth, threshold, sampling, projective, count, margin);
    }

    /** Returns these settings without points that are farther outside the bounds of the true surface than a distance. */
    public FusionSettings withMargin(double distance) {
        return new FusionSettings(
                voxelSize, truncation, maxDepth, threshold, sampling, projective, samples, OptionalDouble.of(distance));
    }
}
