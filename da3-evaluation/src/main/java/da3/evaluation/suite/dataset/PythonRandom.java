package da3.evaluation.suite.dataset;

import org.apache.commons.math3.random.MersenneTwister;

/**
 * The parts of Python's {@code random} module that the reference samples frames with: a Mersenne Twister seeded by an
 * integer, and {@code shuffle}. The same seed gives the same order as in CPython 3.
 */
final class PythonRandom {

    private final MersenneTwister twister;

    /** @param seed the argument of {@code random.seed}; its sign does not count */
    PythonRandom(long seed) {
        long magnitude = Math.abs(seed);
        int low = (int) magnitude;
        int high = (int) (magnitude >>> 32);
        // CPython initializes by an array: the 32-bit words of the seed, the lowest first, without leading zeros.
        twister = new MersenneTwister(high == 0 ? new int[] {low} : new int[] {low, high});
    }

    /** Shuffles in place, from the last element down. */
    void shuffle(int[] values) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = below(i + 1);
            int value = values[i];
            values[i] = values[j];
            values[j] = value;
        }
    }

    /** Returns a number from 0 to {@code bound - 1}: as many bits as the bound has, until they are below it. */
    private int below(int bound) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(bound);
        int value = twister.nextInt() >>> (Integer.SIZE - bits);
        while (value >= bound) {
            value = twister.nextInt() >>> (Integer.SIZE - bits);
        }
        return value;
    }
}
