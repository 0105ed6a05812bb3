package da3.geometry.points;

import da3.geometry.PointCloud;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A cloud thinned to one point a cube: the mean of those in it, cubes in the order in which points first fall in them. */
public final class VoxelGrid {

    /** From the origin: cells beyond have no whole numbers in a double. */
    private static final double MOST_CELLS = 1L << 53;

    private record Cell(long x, long y, long z) {}

    private final PointCloud means;
    private final int[] firsts;

    private VoxelGrid(PointCloud means, int[] firsts) {
        this.means = means;
        this.firsts = firsts;
    }

    /**
     * @param size side of a cube, above 0
     * @throws IllegalArgumentException if the size is not positive, or too small for a point to have a cube's number
     */
    public static VoxelGrid of(PointCloud cloud, double size) {
        if (!(size > 0 && Double.isFinite(size))) {
            throw new IllegalArgumentException("voxel size is " + size + "; legal: above 0");
        }
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
        double[] number = new double[count];
        for (int cell : cellOf) {
            number[cell]++;
        }
        double[] colors = means(cellOf, number, 3, i -> cloud.colors()[i] & 0xff);
        byte[] rgb = new byte[3 * count];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) Math.round(colors[i]);
        }
        Optional<float[]> confidences = cloud.confidences().map(c -> floats(means(cellOf, number, 1, i -> c[i])));
        // Normals of a mean are not the mean of normals: they are fitted anew.
        PointCloud means =
                new PointCloud(floats(means(cellOf, number, 3, i -> p[i])), rgb, Optional.empty(), confidences);
        return new VoxelGrid(means, Arrays.copyOf(firsts, count));
    }

    private interface Values {
        double at(int i);
    }

    private static double[] means(int[] cellOf, double[] number, int each, Values values) {
        double[] sums = new double[each * number.length];
        for (int i = 0; i < each * cellOf.length; i++) {
            sums[each * cellOf[i / each] + i % each] += values.at(i);
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= number[i / each];
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
        if (Math.abs(cell) > MOST_CELLS) {
            throw new IllegalArgumentException("voxel size is " + size + ", too small for a point "
                    + Math.abs(coordinate) + " from the origin; legal there: above "
                    + Math.abs(coordinate) / MOST_CELLS);
        }
        return (long) cell;
    }

    /** One point a cube, without normals. */
    public PointCloud means() {
        return means;
    }

    /** Of each cube, the index of the first point in it. */
    public int[] firsts() {
        return firsts.clone();
    }
}
