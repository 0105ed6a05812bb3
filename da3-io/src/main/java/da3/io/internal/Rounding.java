package da3.io.internal;

/** Rounding to decimal digits as NumPy does it, so that exported numbers agree to the bit. */
public final class Rounding {

    private static final int MAX_DIGITS = 10;

    private Rounding() {}

    /**
     * Multiplies by a power of ten, rounds half to even and divides, all in float.
     *
     * @param digits after the point, 0 to 10: powers of ten beyond that are not exact in float
     */
    public static float toDigits(float value, int digits) {
        float power = power(digits);
        return (float) Math.rint(value * power) / power;
    }

    /** As {@link #toDigits(float, int)}, of each value; the argument stays as it is. */
    public static float[] toDigits(float[] values, int digits) {
        float power = power(digits);
        float[] rounded = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            rounded[i] = (float) Math.rint(values[i] * power) / power;
        }
        return rounded;
    }

    private static float power(int digits) {
        if (digits < 0 || digits > MAX_DIGITS) {
            throw new IllegalArgumentException("digits is " + digits + "; legal: 0 to " + MAX_DIGITS);
        }
        float power = 1;
        for (int i = 0; i < digits; i++) {
            power *= 10;
        }
        return power;
    }
}
