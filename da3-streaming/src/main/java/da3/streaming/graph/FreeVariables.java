package da3.streaming.graph;

import java.util.function.IntPredicate;

/**
 * Numbers the poses and scales that are not fixed, first the poses. Each is a block of the normal equations, with the
 * six components (translation, rotation) of a pose or the logarithm of a scale.
 */
final class FreeVariables {

    private final int[] poses;
    private final int[] scales;
    private final int[] sizes;
    private final int[] offsets;

    FreeVariables(int poseCount, IntPredicate fixedPose, int scaleCount, IntPredicate fixedScale) {
        this(poseCount, fixedPose, scaleCount, fixedScale, 6);
    }

    private FreeVariables(
            int poseCount, IntPredicate fixedPose, int scaleCount, IntPredicate fixedScale, int poseSize) {
        int next = 0;
        poses = new int[poseCount];
        for (int i = 0; i < poseCount; i++) {
            poses[i] = fixedPose.test(i) ? -1 : next++;
        }
        int freePoses = next;
        scales = new int[scaleCount];
        for (int i = 0; i < scaleCount; i++) {
            scales[i] = fixedScale.test(i) ? -1 : next++;
        }
        sizes = new int[next];
        offsets = new int[next + 1];
        for (int block = 0; block < next; block++) {
            sizes[block] = block < freePoses ? poseSize : 1;
            offsets[block + 1] = offsets[block] + sizes[block];
        }
    }

    /** Returns the variables of which only the first three components of poses, their translations, are free. */
    FreeVariables translationsOnly() {
        return new FreeVariables(poses.length, i -> poses[i] < 0, scales.length, i -> true, 3);
    }

    /** Returns the block of a pose, or -1 if the pose is fixed. */
    int ofPose(int pose) {
        return poses[pose];
    }

    /** Returns the block of a scale, or -1 if the scale is fixed. */
    int ofScale(int scale) {
        return scales[scale];
    }

    /** Returns the number of components of each block. */
    int[] sizes() {
        return sizes.clone();
    }

    int size(int block) {
        return sizes[block];
    }

    /** Returns the index of the first component of a block in a step. */
    int offset(int block) {
        return offsets[block];
    }

    /** Returns the number of components of a step. */
    int dimension() {
        return offsets[sizes.length];
    }
}
