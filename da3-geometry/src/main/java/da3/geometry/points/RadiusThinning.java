package da3.geometry.points;

import da3.geometry.check.Check;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * Points thinned to a minimum distance: in random order, a point is kept unless one that was kept before is within the
 * radius. Source: reference file src/depth_anything_3/bench/datasets/dtu.py, after the evaluation code of DTU's
 * multi-view stereo data set (Jensen et al., 2014).
 */
public final class RadiusThinning {

    private record Cell(long x, long y, long z) {}

    private final double[] points;
    private final double radius;
    private final Map<Cell, int[]> kept = new HashMap<>(); // by cell; sides of cells are one radius
    private int count;

    private RadiusThinning(double[] points, double radius) {
        this.points = points;
        this.radius = radius;
    }

    /**
     * Thins points.
     *
     * @param points (points, 3), all finite
     * @param radius points closer than this or as close are left out, positive
     * @param seed seed of the order
     * @return (kept points, 3), in the random order
     * @throws IllegalArgumentException if the radius is not positive
     */
    public static double[] of(double[] points, double radius, long seed) {
        Check.positive("radius", radius);
        RadiusThinning thinning = new RadiusThinning(points, radius);
        double[] thinned = new double[points.length];
        for (int point : order(points.length / 3, seed)) {
            if (thinning.keep(point)) {
                System.arraycopy(points, 3 * point, thinned, 3 * (thinning.count - 1), 3);
            }
        }
        return Arrays.copyOf(thinned, 3 * thinning.count);
    }

    private static int[] order(int size, long seed) {
        int[] order = new int[size];
        Arrays.setAll(order, i -> i);
        Random random = new Random(seed);
        for (int i = size - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }

    private boolean keep(int point) {
        Cell own = new Cell(cell(point, 0), cell(point, 1), cell(point, 2));
        for (long x = own.x - 1; x <= own.x + 1; x++) {
            for (long y = own.y - 1; y <= own.y + 1; y++) {
                for (long z = own.z - 1; z <= own.z + 1; z++) {
                    for (int other : kept.getOrDefault(new Cell(x, y, z), new int[0])) {
                        if (isWithin(point, other)) {
                            return false;
                        }
                    }
                }
            }
        }
        kept.merge(own, new int[] {point}, (before, added) -> {
            int[] joined = Arrays.copyOf(before, before.length + 1);
            joined[before.length] = added[0];
            return joined;
        });
        count++;
        return true;
    }

    private long cell(int point, int axis) {
        return (long) Math.floor(points[3 * point + axis] / radius);
    }

    private boolean isWithin(int a, int b) {
        double dx = points[3 * a] - points[3 * b];
        double dy = points[3 * a + 1] - points[3 * b + 1];
        double dz = points[3 * a + 2] - points[3 * b + 2];
        return dx * dx + dy * dy + dz * dz <= radius * radius;
    }
}
