package da3.geometry.math;

import java.util.Arrays;
import java.util.Random;

/**
 * Random sampling without replacement. Uses {@link Random}, whose sequence is specified and thus the same on every JVM.
 */
public final class Sampling {

    private Sampling() {}

    /** Returns {@code count} different numbers from 0 to {@code size - 1}, in random order. */
    public static int[] distinct(int count, int size, Random random) {
        int[] pool = new int[size];
        Arrays.setAll(pool, i -> i);
        for (int i = 0; i < count; i++) {
            int j = i + random.nextInt(size - i);
            int drawn = pool[j];
            pool[j] = pool[i];
            pool[i] = drawn;
        }
        return Arrays.copyOf(pool, count);
    }

    /** Returns {@code rows} independent samples of {@code count} different numbers from 0 to {@code size - 1}. */
    public static int[][] table(int rows, int count, int size, long seed) {
        Random random = new Random(seed);
        int[][] table = new int[rows][];
        Arrays.setAll(table, i -> distinct(count, size, random));
        return table;
    }
}
