package da3.geometry.points;

/**
 * A balanced k-d tree for nearest neighbor queries (Bentley, "Multidimensional binary search trees used for associative
 * searching", 1975), stored in one array of indices. Points at equal distances are ordered by index, so results do not
 * depend on how the tree was built. Immutable and thread-safe.
 */
public final class KdTree {

    private static final int LEAF = 8;

    private final float[] positions;
    private final int[] order;
    private final byte[] axes;

    /**
     * Builds a tree.
     *
     * @param positions (points, 3), all finite
     */
    public KdTree(float[] positions) {
        this.positions = positions;
        this.order = new int[positions.length / 3];
        this.axes = new byte[order.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        build(0, order.length);
    }

    public int size() {
        return order.length;
    }

    private void build(int from, int to) {
        if (to - from <= LEAF) {
            return;
        }
        int axis = widest(from, to);
        int middle = from + to >>> 1;
        split(from, to - 1, middle, axis);
        axes[middle] = (byte) axis;
        build(from, middle);
        build(middle + 1, to);
    }

    private int widest(int from, int to) {
        int widest = 0;
        float maxExtent = -1;
        for (int axis = 0; axis < 3; axis++) {
            float min = Float.POSITIVE_INFINITY;
            float max = Float.NEGATIVE_INFINITY;
            for (int i = from; i < to; i++) {
                float value = positions[3 * order[i] + axis];
                min = Math.min(min, value);
                max = Math.max(max, value);
            }
            if (max - min > maxExtent) {
                maxExtent = max - min;
                widest = axis;
            }
        }
        return widest;
    }

    /**
     * Partitions a range so that no coordinate before {@code middle} is greater and none after it is smaller (Hoare's
     * selection).
     */
    private void split(int first, int last, int middle, int axis) {
        int from = first;
        int to = last;
        while (from < to) {
            float pivot = positions[3 * order[from + to >>> 1] + axis];
            int i = from;
            int j = to;
            while (i <= j) {
                while (positions[3 * order[i] + axis] < pivot) {
                    i++;
                }
                while (positions[3 * order[j] + axis] > pivot) {
                    j--;
                }
                if (i <= j) {
                    int swapped = order[i];
                    order[i++] = order[j];
                    order[j--] = swapped;
                }
            }
            if (middle <= j) {
                to = j;
            } else if (middle >= i) {
                from = i;
            } else {
                return;
            }
        }
    }

    /**
     * Returns the points nearest to (x, y, z), nearest first.
     *
     * @param count maximum number of points
     */
    public Nearest nearest(double x, double y, double z, int count) {
        Nearest nearest = new Nearest(Math.min(count, order.length));
        if (nearest.capacity() > 0) {
            search(0, order.length, x, y, z, nearest);
        }
        return nearest;
    }

    private void search(int from, int to, double x, double y, double z, Nearest nearest) {
        if (to - from <= LEAF) {
            for (int i = from; i < to; i++) {
                offer(order[i], x, y, z, nearest);
            }
            return;
        }
        int middle = from + to >>> 1;
        int axis = axes[middle];
        double offset = (axis == 0 ? x : axis == 1 ? y : z) - positions[3 * order[middle] + axis];
        offer(order[middle], x, y, z, nearest);
        boolean before = offset < 0;
        search(before ? from : middle + 1, before ? middle : to, x, y, z, nearest);
        if (offset * offset <= nearest.worst()) {
            search(before ? middle + 1 : from, before ? to : middle, x, y, z, nearest);
        }
    }

    private void offer(int point, double x, double y, double z, Nearest nearest) {
        double dx = positions[3 * point] - x;
        double dy = positions[3 * point + 1] - y;
        double dz = positions[3 * point + 2] - z;
        nearest.offer(point, dx * dx + dy * dy + dz * dz);
    }

    /** The result of a query: points and their distances, nearest first. */
    public static final class Nearest {

        private final int[] points;
        private final double[] squared;
        private int size;

        private Nearest(int capacity) {
            this.points = new int[capacity];
            this.squared = new double[capacity];
        }

        private int capacity() {
            return points.length;
        }

        private double worst() {
            return size < points.length ? Double.POSITIVE_INFINITY : squared[size - 1];
        }

        private void offer(int point, double distance) {
            if (size == points.length) {
                if (!comesBefore(distance, point, size - 1)) {
                    return;
                }
                size--;
            }
            int at = size++;
            while (at > 0 && comesBefore(distance, point, at - 1)) {
                squared[at] = squared[at - 1];
                points[at] = points[--at];
            }
            squared[at] = distance;
            points[at] = point;
        }

        private boolean comesBefore(double distance, int point, int at) {
            return distance < squared[at] || distance == squared[at] && point < points[at];
        }

        public int size() {
            return size;
        }

        /** Returns the index of the i-th nearest point. */
        public int point(int i) {
            return points[i];
        }

        public double distance(int i) {
            return Math.sqrt(squared[i]);
        }
    }
}
