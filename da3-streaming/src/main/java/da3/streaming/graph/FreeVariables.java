package da3.streaming.graph;

import java.util.function.IntPredicate;

/** Numbers the poses and scales that are not fixed, first the poses. Each is a block of the normal equations. */
final class FreeVariables {

    static final int POSE_SIZE = 6;

    private final int[] poses;
    private final int[] scales;
    private final int[] sizes;
    private final int[] offsets;

    FreeVariables(int poseCount, IntPredicate fixedPose, int scaleCount, IntPredicate fixedScale) {
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
            sizes[block] = block < freePoses ? POSE_SIZE : 1;
            offsets[block + 1] = offsets[block] + sizes[block];
        }
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

    /** Returns the index of the first component of a block in a step. */
    int offset(int block) {
        return offsets[block];
    }

    /** Returns the number of components of a step. */
    int dimension() {
        return offsets[sizes.length];
    }
}
