package da3.streaming;

import java.util.Arrays;

/** A hash set of grid cells, with open addressing in an array of longs. */
final class CellSet {

    private static final int BITS = 21;

    /** Coordinates are at least -BOUND and less than BOUND. */
    private static final int BOUND = 1 << BITS - 1;

    private static final long EMPTY = -1;

    private long[] table = new long[1024];
    private int size;

    CellSet() {
        Arrays.fill(table, EMPTY);
    }

    /** Returns the key of a cell, which is not negative; -1 if the cell is too far from the origin. */
    static long key(double x, double y, double z) {
        boolean inside = Math.abs(x) < BOUND && Math.abs(y) < BOUND && Math.abs(z) < BOUND;
        return inside ? part(z) << 2 * BITS | part(y) << BITS | part(x) : EMPTY;
    }

    private static long part(double coordinate) {
        return (long) coordinate + BOUND;
    }

    /** Adds a cell; returns false if it was in the set. */
    boolean add(long key) {
        if (2 * size >= table.length) {
            grow();
        }
        int slot = slot(key);
        if (table[slot] == key) {
            return false;
        }
        table[slot] = key;
        size++;
        return true;
    }

    private void grow() {
        long[] old = table;
        table = new long[2 * old.length];
        Arrays.fill(table, EMPTY);
        for (long key : old) {
            if (key != EMPTY) {
                table[slot(key)] = key;
            }
        }
    }

    /** Returns the slot of a key, or the empty one in which it belongs. */
    private int slot(long key) {
        long hash = key * 0x9E3779B97F4A7C15L;
        int slot = (int) (hash >>> 32) & table.length - 1;
        while (table[slot] != key && table[slot] != EMPTY) {
            slot = slot + 1 & table.length - 1;
        }
        return slot;
    }
}
