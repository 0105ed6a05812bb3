package da3.geometry.splat;

/** Sorts Gaussians by depth: a stable radix sort, least significant digit first, on bare arrays. */
final class DepthOrder {

    private static final int BITS = 11;
    private static final int BUCKETS = 1 << BITS;
    private static final int DIGITS = 3; // 33 bits; the sign bit of a positive float is 0

    private DepthOrder() {}

    /**
     * @param depths above 0, or 0 for what is not seen
     * @return indices of what is seen, the closest first and equals in their order
     */
    static int[] of(float[] depths) {
        int seen = 0;
        for (float depth : depths) {
            seen += depth > 0 ? 1 : 0;
        }
        int[] order = new int[seen];
        int[] keys = new int[seen]; // positive floats sort as their bits do
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
