package da3.streaming;

import da3.geometry.ScalarMap;
import java.util.Arrays;

/** Confidence of models that predict none. */
final class Confidences {

    private Confidences() {}

    /** Returns a confidence of 2 for every pixel, so that all weigh 1. */
    static ScalarMap constant(ScalarMap depth) {
        float[] values = new float[depth.values().length];
        Arrays.fill(values, 2);
        return new ScalarMap(depth.width(), depth.height(), values);
    }
}
