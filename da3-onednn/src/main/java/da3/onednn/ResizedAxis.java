package da3.onednn;

/**
 * Linear interpolation along an axis: for every target position, two source positions and the fraction between them.
 */
final class ResizedAxis {
    final int[] lower;
    final int[] upper;
    final float[] fraction;

    ResizedAxis(int source, int target) {
        this.lower = new int[target];
        this.upper = new int[target];
        this.fraction = new float[target];
        for (int i = 0; i < target; i++) {
            double position = target == 1 ? 0 : (double) i * (source - 1) / (target - 1);
            lower[i] = Math.min((int) position, source - 1);
            upper[i] = Math.min(lower[i] + 1, source - 1);
            fraction[i] = (float) (position - lower[i]);
        }
    }

    /** Returns a lower bound of the target positions that depend on a source position. */
    int firstTarget(int source) {
        int low = 0;
        int high = lower.length;
        while (low < high) { // lower source positions ascend
            int middle = (low + high) >>> 1;
            if (lower[middle] < source - 1) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Returns the weight of a source position in target position {@code i}. */
    float weight(int i, int source) {
        return (lower[i] == source ? 1 - fraction[i] : 0) + (upper[i] == source ? fraction[i] : 0);
    }
}
