package da3.geometry.points;

import da3.geometry.check.Check;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/** Points grouped by the voxel that contains them. Voxels are numbered in the order of their first points. */
final class VoxelCells {

    /** Maximum number of cells from the origin; beyond it a double cannot represent all integers. */
    private static final double MAX_CELLS = 1L << 53;

    private record Cell(long x, long y, long z) {}

    private final int[] cellOf;
    private final int[] firsts;
    private final double[] counts;

    private VoxelCells(int[] cellOf, int[] firsts, double[] counts) {
        this.cellOf = cellOf;
        this.firsts = firsts;
        this.counts = counts;
    }

    /**
     * Groups points.
     *
     * @param points number of points
     * @param coordinates (points, 3), relative to a corner of the grid
     * @param size side of a voxel, positive
     * @throws IllegalArgumentException if the size is not positive, or too small for the distance of a point from the
     *     origin
     */
    static VoxelCells of(int points, IntToDoubleFunction coordinates, double size) {
        Check.positive("voxel size", size);
        Map<Cell, Integer> cells = new HashMap<>();
        int[] cellOf = new int[points];
        int[] firsts = new int[points];
        for (int i = 0; i < points; i++) {
            Cell cell = new Cell(
                    cell(coordinates.applyAsDouble(3 * i), size),
                    cell(coordinates.applyAsDouble(3 * i + 1), size),
                    cell(coordinates.applyAsDouble(3 * i + 2), size));
            int next = cells.size();
            cellOf[i] = cells.computeIfAbsent(cell, unseen -> next);
            if (cellOf[i] == next) {
                firsts[next] = i;
            }
        }
        double[] counts = new double[cells.size()];
        for (int cell : cellOf) {
            counts[cell]++;
        }
        return new VoxelCells(cellOf, Arrays.copyOf(firsts, counts.length), counts);
    }

    private static long cell(double coordinate, double size) {
        double cell = Math.floor(coordinate / size);
        if (Math.abs(cell) > MAX_CELLS) {
            throw Check.invalid(
                    "voxel size for a point " + Math.abs(coordinate) + " from the origin",
                    "above " + Math.abs(coordinate) / MAX_CELLS,
                    size);
        }
        return (long) cell;
    }

    /**
     * Returns the means of the values in each voxel.
     *
     * @param each number of values of a point
     * @param values (points, each)
     * @return (voxels, each)
     */
    double[] means(int each, IntToDoubleFunction values) {
        double[] sums = new double[each * counts.length];
        for (int i = 0; i < each * cellOf.length; i++) {
            sums[each * cellOf[i / each] + i % each] += values.applyAsDouble(i);
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= counts[i / each];
        }
        return sums;
    }

    /** Returns the number of voxels that contain points. */
    int count() {
        return counts.length;
    }

    /** Returns the index of the first point in each voxel. */
    int[] firsts() {
        return firsts.clone();
    }
}
