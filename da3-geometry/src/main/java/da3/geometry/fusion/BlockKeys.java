package da3.geometry.fusion;

import java.util.Arrays;

/**
 * A hash set of block coordinates, each packed into a long and numbered in the order of insertion. Open addressing in
 * primitive arrays; 24 to 48 bytes per block.
 */
final class BlockKeys {

    /** Bits per coordinate; three coordinates fit into a long. */
    private static final int BITS = 21;

    /** Coordinates are at least -BOUND and less than BOUND. */
    static final int BOUND = 1 << BITS - 1;

    private static final int MASK = (1 << BITS) - 1;

    /** Marks an empty slot; keys are never negative. */
    private static final long EMPTY = -1;

    private long[] table = new long[64];
    private int[] numbers = new int[64];
    private long[] keys = new long[32];
    private int size;

    BlockKeys() {
        Arrays.fill(table, EMPTY);
    }

    static long key(int x, int y, int z) {
        return (long) (z + BOUND) << 2 * BITS | (long) (y + BOUND) << BITS | x + BOUND;
    }

    static int x(long key) {
        return (int) (key & MASK) - BOUND;
    }

    static int y(long key) {
        return (int) (key >> BITS & MASK) - BOUND;
    }

    static int z(long key) {
        return (int) (key >> 2 * BITS & MASK) - BOUND;
    }

    int size() {
        return size;
    }

    long key(int number) {
        return keys[number];
    }

    /** Returns the number of a block; -1 if it is absent. */
    int find(long key) {
        int slot = slot(key);
        return table[slot] == key ? numbers[slot] : -1;
    }

    /** Adds a block if it is absent, and returns its number. */
    int add(long key) {
        int slot = slot(key);
        if (table[slot] == key) {
            return numbers[slot];
        }
        if (2 * (size + 1) > table.length) {
            grow();
            slot = slot(key);
        }
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
        }
        table[slot] = key;
        numbers[slot] = size;
        keys[size] = key;
        return size++;
    }

    /** Returns all keys in ascending order: by z, then y, then x. */
    long[] sorted() {
        long[] sorted = Arrays.copyOf(keys, size);
        Arrays.sort(sorted);
        return sorted;
    }

    private int slot(long key) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        int slot = (int) (mixed >>> 32) & table.length - 1;
        while (table[slot] != EMPTY && table[slot] != key) {
            slot = slot + 1 & table.length - 1;
        }
        return slot;
    }

    private void grow() {
        table = new long[2 * table.length];
        Arrays.fill(table, EMPTY);
        numbers = new int[table.length];
        for (int number = 0; number < size; number++) {
            int slot = slot(keys[number]);
            table[slot] = keys[number];
            numbers[slot] = number;
        }
    }
}
