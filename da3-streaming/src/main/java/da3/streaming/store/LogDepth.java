package da3.streaming.store;

import da3.geometry.ScalarMap;
import java.nio.ByteBuffer;

/**
 * Depth as the logarithm in 16 bits, with a relative error of at most 2e-4 between 1e-5 and 2.4e6 units. Smaller and
 * larger depths become the nearest of these; 0 means no depth.
 */
final class LogDepth {

    static final int BYTES = 2;

    private static final double SMALLEST = 1e-5;

    /** Natural logarithm of the ratio of two consecutive codes: twice the relative error. */
    private static final double STEP = 4e-4;

    private static final int MAX_CODE = 0xffff;

    /** Depth of each code. */
    private static final float[] DEPTHS = depths();

    private LogDepth() {}

    private static float[] depths() {
        float[] depths = new float[MAX_CODE + 1];
        for (int code = 1; code <= MAX_CODE; code++) {
            depths[code] = (float) (SMALLEST * StrictMath.exp((code - 1) * STEP));
        }
        return depths;
    }

    static void encode(ScalarMap depth, ByteBuffer to) {
        for (float value : depth.values()) {
            to.putShort((short) code(value));
        }
    }

    private static int code(float depth) {
        if (!(depth > 0 && depth < Float.POSITIVE_INFINITY)) {
            return 0;
        }
        long code = 1 + Math.round(StrictMath.log(depth / SMALLEST) / STEP);
        return (int) Math.max(1, Math.min(MAX_CODE, code));
    }

    static ScalarMap decode(ByteBuffer from, int width, int height) {
        float[] values = new float[width * height];
        for (int i = 0; i < values.length; i++) {
            values[i] = DEPTHS[from.getShort() & 0xffff];
        }
        return new ScalarMap(width, height, values);
    }
}
