package da3.evaluation.surface;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Points of which a limited number is kept, all with the same chance (Vitter's algorithm R, 1985). */
final class PointReservoir {

    private final int capacity;
    private final SplittableRandom random;
    private double[] points = new double[3 * 1024];
    private long offered;

    /**
     * Creates an empty reservoir.
     *
     * @param capacity maximum number of points that are kept
     * @param seed seed of the random draws
     */
    PointReservoir(int capacity, long seed) {
        this.capacity = capacity;
        this.random = new SplittableRandom(seed);
    }

    /** Offers a point. */
    void add(double x, double y, double z) {
        long at = offered < capacity ? offered : random.nextLong(offered + 1);
        offered++;
        if (at < capacity) {
            int index = 3 * (int) at;
            if (index == points.length) {
                points = Arrays.copyOf(points, (int) Math.min(3L * capacity, 2L * points.length));
            }
            points[index] = x;
            points[index + 1] = y;
            points[index + 2] = z;
        }
    }

    /** Returns the points that were kept, (points, 3). */
    double[] points() {
        return Arrays.copyOf(points, 3 * (int) Math.min(offered, capacity));
    }
}
