package da3.train.objective;

import java.util.Arrays;

/** Checks of sizes and of array lengths against shapes. */
final class ArrayShapes {

    private ArrayShapes() {}

    static void requirePositive(String name, int size) {
        if (size <= 0) {
            throw new IllegalArgumentException(name + " must be positive, got " + size);
        }
    }

    static void require(String name, int length, int... shape) {
        long expected = 1;
        for (int size : shape) {
            expected *= size;
        }
        if (length != expected) {
            throw new IllegalArgumentException(name + " must have " + expected + " values for shape "
                    + Arrays.toString(shape) + ", got " + length);
        }
    }
}
