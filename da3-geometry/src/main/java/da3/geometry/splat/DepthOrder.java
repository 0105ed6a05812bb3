package da3.geometry.splat;

/** A stable radix sort of Gaussians by depth, least significant digit first. */
final class DepthOrder {

    private static final int BITS = 11;
    private static final int BUCKETS = 1 << BITS;
    private static final int DIGITS = 3; // 33 bits; the sign bit of a positive float is 0

    private DepthOrder() {}

    /**
     * Returns the indices of visible Gaussians, nearest first; equal depths keep their order.
     *
     * @param depths positive, or 0 for Gaussians that are not visible
     */
    static int[] of(float[] depths) {
        int seen = 0;
        for (float depth : depths) {
            seen += depth > 0 ? 1 : 0;
        }
        int[] order = new int[seen];
        int[] keys = new int[seen]; // positive floats sort like their bits
        int at = 0;
        for (int i = 0; i < depths.length; i++) {
            if (depths[i] > 0) {
                order[at] = i;
                keys[at++] = Float.floatToRawIntBits(depths[i]);
            }
        }
        int[] orderTo = new int[seen];
        int[] keysTo = new int[seen];
        for (int digit = 0; digit < DIGITS; digit++) {
            pass(digit * BITS, keys, order, keysTo, orderTo);
            int[] swap = order;
            order = orderTo;
            orderTo = swap;
            swap = keys;
            keys = keysTo;
            keysTo = swap;
        }
        return order;
    }

    private static void pass(int shift, int[] keys, int[] values, int[] keysTo, int[] valuesTo) {
        int[] next = new int[BUCKETS + 1];
        for (int key : keys) {
            next[(key >>> shift & BUCKETS - 1) + 1]++;
        }
        for (int b = 1; b < BUCKETS; b++) {
            next[b] += next[b - 1];
        }
        for (int i = 0; i < keys.length; i++) {
            int to = next[keys[i] >>> shift & BUCKETS - 1]++;
            keysTo[to] = keys[i];
            valuesTo[to] = values[i];
        }
    }
}
