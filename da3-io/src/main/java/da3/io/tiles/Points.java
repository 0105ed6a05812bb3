package da3.io.tiles;

import java.io.IOException;

/** Points with colors that are added first and then read once, in the same order. */
interface Points extends AutoCloseable {

    /** A receiver of points. */
    @FunctionalInterface
    interface Receiver {
        /** @param rgb red, green and blue in the lowest 24 bits */
        void point(float x, float y, float z, int rgb) throws IOException;
    }

    void add(float x, float y, float z, int rgb) throws IOException;

    long size();

    /** Passes all points to a receiver. */
    void forEach(Receiver receiver) throws IOException;

    /** Returns the smallest box around the points. */
    Bounds bounds();

    /** Releases the memory or file of the points. */
    @Override
    void close() throws IOException;
}
