package da3.streaming.store;

import da3.geometry.ScalarMap;
import java.nio.ByteBuffer;

/**
 * Confidence as a byte: the logarithm of its excess over 1, from 1e-3 to 1e3, with a relative error of at most 3 % of
 * that excess. 0 means a confidence of 1 or less, so that a masked pixel weighs nothing.
 */
final class LogConfidence {

    private static final double SMALLEST = 1e-3;
    private static final double STEP = StrictMath.log(1e6) / 254;
    private static final int MAX_CODE = 255;

    /** Confidence of each code. */
    private static final float[] CONFIDENCES = confidences();

    private LogConfidence() {}

    private static float[] confidences() {
        float[] confidences = new float[MAX_CODE + 1];
        confidences[0] = 1;
        for (int code = 1; code <= MAX_CODE; code++) {
            confidences[code] = (float) (1 + SMALLEST * StrictMath.exp((code - 1) * STEP));
        }
        return confidences;
    }

    static void encode(ScalarMap confidence, ByteBuffer to) {
        for (float value : confidence.values()) {
            to.put((byte) code(value - 1));
        }
    }

    private static int code(float excess) {
        if (!(excess > 0)) {
            return 0;
        }
        long code = 1 + Math.round(StrictMath.log(excess / SMALLEST) / STEP);
        return (int) Math.max(1, Math.min(MAX_CODE, code));
    }

    static ScalarMap decode(ByteBuffer from, int width, int height) {
        float[] values = new float[width * height];
        for (int i = 0; i < values.length; i++) {
            values[i] = CONFIDENCES[from.get() & 0xff];
        }
        return new ScalarMap(width, height, values);
    }
}
