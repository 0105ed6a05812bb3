package da3.evaluation.surface;

import da3.geometry.check.Check;
import java.util.BitSet;

/**
 * The part of space that the scanner of DTU's data set has observed, as a grid of voxels.
 *
 * @param shape number of voxels along x, y and z
 * @param observed whether a voxel was observed, at {@code (x * shape[1] + y) * shape[2] + z}
 * @param min smallest x, y and z of the grid, where the center of the first voxel is
 * @param max largest x, y and z of the grid
 * @param resolution distance between the centers of neighboring voxels
 */
public record ObservedVolume(int[] shape, BitSet observed, double[] min, double[] max, double resolution) {

    /** Checks the sizes. */
    public ObservedVolume {
        if (shape.length != 3 || min.length != 3 || max.length != 3) {
            throw Check.invalid(
                    "shape, minimum and maximum of an observed volume",
                    "of 3 numbers each",
                    shape.length + ", " + min.length + " and " + max.length);
        }
        Check.positive("resolution", resolution);
        shape = shape.clone();
        observed = (BitSet) observed.clone();
        min = min.clone();
        max = max.clone();
    }

    /**
     * Returns whether a point is near the grid: at most a patch before its start and less than two behind its end.
     *
     * @param points (points, 3)
     * @param at index of the x of the point
     * @param patch side of a patch in the unit of the grid
     */
    public boolean isNear(double[] points, int at, double patch) {
        boolean near = true;
        for (int axis = 0; axis < 3; axis++) {
            near &= points[at + axis] >= min[axis] - patch && points[at + axis] < max[axis] + 2 * patch;
        }
        return near;
    }

    /** Returns whether the voxel of a point was observed; false outside the grid. */
    public boolean contains(double[] points, int at) {
        long index = 0;
        for (int axis = 0; axis < 3; axis++) {
            double cell = Math.rint((points[at + axis] - min[axis]) / resolution);
            if (!(cell >= 0 && cell < shape[axis])) {
                return false;
            }
            index = index * shape[axis] + (long) cell;
        }
        return observed.get(Math.toIntExact(index));
    }
}
