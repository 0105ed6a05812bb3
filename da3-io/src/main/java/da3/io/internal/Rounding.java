package da3.io.internal;

import da3.geometry.check.Check;

/** Rounds to decimal digits as NumPy does, so that exported numbers agree bit by bit. */
public final class Rounding {

    private static final int MAX_DIGITS = 10;

    private Rounding() {}

    /**
     * Multiplies by a power of ten, rounds half to even and divides, in single precision.
     *
     * @param digits after the decimal point, 0 to 10; larger powers of ten are not exact in single precision
     */
    public static float toDigits(float value, int digits) {
        float power = power(digits);
        return (float) Math.rint(value * power) / power;
    }

    /** Returns a copy with each value rounded as in {@link #toDigits(float, int)}. */
    public static float[] toDigits(float[] values, int digits) {
        float power = power(digits);
        float[] rounded = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            rounded[i] = (float) Math.rint(values[i] * power) / power;
        }
        return rounded;
    }

    private static float power(int digits) {
        Check.inRange("digits", 0, MAX_DIGITS, digits);
        float power = 1;
        for (int i = 0; i < digits; i++) {
            power *= 10;
        }
        return power;
    }
}
