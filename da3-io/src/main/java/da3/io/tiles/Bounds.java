package da3.io.tiles;

/** A growing axis-aligned box around points. */
final class Bounds {

    private final float[] min = {Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY};
    private final float[] max = {Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY};

    void include(float x, float y, float z) {
        min[0] = Math.min(min[0], x);
        min[1] = Math.min(min[1], y);
        min[2] = Math.min(min[2], z);
        max[0] = Math.max(max[0], x);
        max[1] = Math.max(max[1], y);
        max[2] = Math.max(max[2], z);
    }

    /** Returns a coordinate of the center; 0 without points. */
    double center(int axis) {
        return min[axis] <= max[axis] ? ((double) min[axis] + max[axis]) / 2 : 0;
    }

    /** Returns half of an extent; 0 without points. */
    double half(int axis) {
        return Math.max(0, ((double) max[axis] - min[axis]) / 2);
    }

    /** Returns half of the largest extent. */
    double largestHalf() {
        return Math.max(half(0), Math.max(half(1), half(2)));
    }
}
