package da3.geometry.points;

/**
 * Points by where they are, for the nearest ones of a place: a balanced k-d tree (Bentley, "Multidimensional binary search
 * trees used for associative searching", 1975) within one array of indices. Equal distances go by index, so that answers
 * do not depend on how the tree was built. May be asked by many threads.
 */
public final class KdTree {

    private static final int LEAF = 8;

    private final float[] positions;
    private final int[] order;
    private final byte[] axes;

    /** @param positions (points, 3), all finite */
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
        float most = -1;
        for (int axis = 0; axis < 3; axis++) {
            float least = Float.POSITIVE_INFINITY;
            float greatest = Float.NEGATIVE_INFINITY;
            for (int i = from; i < to; i++) {
                float value = positions[3 * order[i] + axis];
                least = Math.min(least, value);
                greatest = Math.max(greatest, value);
            }
            if (greatest - least > most) {
                most = greatest - least;
                widest = axis;
            }
        }
        return widest;
    }

    /** Hoare's selection: what lies before {@code middle} is not greater, what lies after it not less. */
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
     * The nearest points, nearest first.
     *
     * @param count how many; all there are where that is less
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
        double off = (axis == 0 ? x : axis == 1 ? y : z) - positions[3 * order[middle] + axis];
        offer(order[middle], x, y, z, nearest);
        boolean before = off < 0;
        search(before ? from : middle + 1, before ? middle : to, x, y, z, nearest);
        if (off * off <= nearest.worst()) {
            search(before ? middle + 1 : from, before ? to : middle, x, y, z, nearest);
        }
    }

    private void offer(int point, double x, double y, double z, Nearest nearest) {
        double dx = positions[3 * point] - x;
        double dy = positions[3 * point + 1] - y;
        double dz = positions[3 * point + 2] - z;
        nearest.offer(point, dx * dx + dy * dy + dz * dz);
    }

    /** Points and their squared distances, nearest first. */
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

        /** The index of the i-th nearest point. */
        public int point(int i) {
            return points[i];
        }

        public double distance(int i) {
            return Math.sqrt(squared[i]);
        }
    }
}
