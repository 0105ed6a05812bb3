package da3.geometry.check;

/**
 * Checks of arguments. Every message names the argument, states what it must be, and quotes the value that was given:
 * {@code resolution must be at least 14, got 0}.
 *
 * <p>Methods return the value they checked, so that they can be used in assignments.
 */
public final class Check {

    private Check() {}

    /**
     * Returns the message for a wrong value.
     *
     * @param name what the value is, for instance {@code resolution} or {@code focal length of view 2}
     * @param requirement what it must be, for instance {@code at least 14}
     * @param value what it is instead
     */
    public static String message(String name, String requirement, Object value) {
        return name + " must be " + requirement + ", got " + value;
    }

    /** Returns an exception that has {@link #message} as its message. */
    public static IllegalArgumentException invalid(String name, String requirement, Object value) {
        return new IllegalArgumentException(message(name, requirement, value));
    }

    /** @throws IllegalArgumentException if the value is below the minimum */
    public static int atLeast(String name, int minimum, int value) {
        if (value < minimum) {
            throw invalid(name, "at least " + minimum, value);
        }
        return value;
    }

    /** @throws IllegalArgumentException if the value is below the minimum or not finite */
    public static double atLeast(String name, double minimum, double value) {
        if (!(value >= minimum && value < Double.POSITIVE_INFINITY)) {
            throw invalid(name, "finite and at least " + plain(minimum), value);
        }
        return value;
    }

    /** @throws IllegalArgumentException if the value is 0 or less */
    public static int positive(String name, int value) {
        if (value <= 0) {
            throw invalid(name, "positive", value);
        }
        return value;
    }

    /** @throws IllegalArgumentException if the value is 0 or less, or not finite */
    public static double positive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw invalid(name, "positive and finite", value);
        }
        return value;
    }

    /** @throws IllegalArgumentException if the value is not finite */
    public static double finite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw invalid(name, "finite", value);
        }
        return value;
    }

    /** @throws IllegalArgumentException if the value is outside the range; both ends belong to it */
    public static int inRange(String name, int minimum, int maximum, int value) {
        if (value < minimum || value > maximum) {
            throw invalid(name, "from " + minimum + " to " + maximum, value);
        }
        return value;
    }

    /** @throws IllegalArgumentException if the value is outside the range or NaN; both ends belong to it */
    public static double inRange(String name, double minimum, double maximum, double value) {
        if (!(value >= minimum && value <= maximum)) {
            throw invalid(name, "from " + plain(minimum) + " to " + plain(maximum), value);
        }
        return value;
    }

    /** Whole numbers without a decimal point. */
    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
