package da3.evaluation;

import da3.geometry.check.Check;

/**
 * How predicted depth is fused into a surface and compared with the true one. Lengths are in the unit of the true
 * cameras. Source: reference file src/depth_anything_3/bench/utils/constants.py.
 *
 * @param voxelSize side of a voxel of the fused volume
 * @param truncation distance from a surface at which signed distances are cut off
 * @param maxDepth depth beyond which pixels are not fused
 * @param threshold distance below which a point counts as correct, for precision and recall
 * @param sampling side of the voxels to which both surfaces are thinned before they are compared
 */
public record FusionSettings(double voxelSize, double truncation, double maxDepth, double threshold, double sampling) {

    /** Checks that all lengths are positive. */
    public FusionSettings {
        Check.positive("voxel size", voxelSize);
        Check.positive("truncation", truncation);
        Check.positive("maximum depth", maxDepth);
        Check.positive("threshold", threshold);
        Check.positive("sampling", sampling);
    }
}
