package da3.geometry.points;

import da3.geometry.PointCloud;
import da3.geometry.check.Check;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A point cloud reduced to the mean of the points in each voxel. Voxels are ordered by their first points. */
final class VoxelGrid {

    /** Maximum number of cells from the origin; beyond it a double cannot represent all integers. */
    private static final double MAX_CELLS = 1L << 53;

    private record Cell(long x, long y, long z) {}

    private final PointCloud means;
    private final int[] firsts;

    private VoxelGrid(PointCloud means, int[] firsts) {
        this.means = means;
        this.firsts = firsts;
    }

    /**
     * Reduces a cloud.
     *
     * @param size side of a voxel, positive
     * @throws IllegalArgumentException if the size is not positive, or too small for the distance of a point from the
     *     origin
     */
    static VoxelGrid of(PointCloud cloud, double size) {
        Check.positive("voxel size", size);
        float[] p = cloud.positions();
        Map<Cell, Integer> cells = new HashMap<>();
        int[] cellOf = new int[cloud.size()];
        int[] firsts = new int[cloud.size()];
        for (int i = 0; i < cellOf.length; i++) {
            Cell cell = new Cell(cell(p[3 * i], size), cell(p[3 * i + 1], size), cell(p[3 * i + 2], size));
            int next = cells.size();
            cellOf[i] = cells.computeIfAbsent(cell, unseen -> next);
            if (cellOf[i] == next) {
                firsts[next] = i;
            }
        }
        int count = cells.size();
        double[] counts = new double[count];
        for (int cell : cellOf) {
            counts[cell]++;
        }
        double[] colors = means(cellOf, counts, 3, i -> cloud.colors()[i] & 0xff);
        byte[] rgb = new byte[3 * count];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) Math.round(colors[i]);
        }
        Optional<float[]> confidences = cloud.confidences().map(c -> floats(means(cellOf, counts, 1, i -> c[i])));
        // No normals: a mean of normals is not the normal of the mean.
        PointCloud means =
                new PointCloud(floats(means(cellOf, counts, 3, i -> p[i])), rgb, Optional.empty(), confidences);
        return new VoxelGrid(means, Arrays.copyOf(firsts, count));
    }

    private interface Values {
        double at(int i);
    }

    private static double[] means(int[] cellOf, double[] counts, int each, Values values) {
        double[] sums = new double[each * counts.length];
        for (int i = 0; i < each * cellOf.length; i++) {
            sums[each * cellOf[i / each] + i % each] += values.at(i);
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= counts[i / each];
        }
        return sums;
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static long cell(float coordinate, double size) {
        double cell = Math.floor(coordinate / size);
        if (Math.abs(cell) > MAX_CELLS) {
            throw Check.invalid(
                    "voxel size for a point " + Math.abs(coordinate) + " from the origin",
                    "above " + Math.abs(coordinate) / MAX_CELLS,
                    size);
        }
        return (long) cell;
    }

    /** Returns one point for each voxel, without normals. */
    PointCloud means() {
        return means;
    }

    /** Returns the index of the first point in each voxel. */
    int[] firsts() {
        return firsts.clone();
    }
}
