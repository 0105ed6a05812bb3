package da3.io;

import da3.geometry.Image;
import da3.geometry.ScalarMap;

/**
 * Four panels for one view, side by side: image, true depth, predicted depth in the same colors, and relative error.
 */
public final class DepthComparison {

    /** Relative error at the last color. */
    private static final float LARGEST_ERROR = 0.5f;

    private DepthComparison() {}

    /**
     * Draws the four panels. In depth maps near surfaces are red; in the error map red is 0 and blue is 50 % or more.
     * Pixels without true depth are black.
     *
     * @param prediction depth in the scale of the truth
     * @param truth depth, 0 where it is unknown
     */
    public static Image of(Image image, ScalarMap prediction, ScalarMap truth) {
        DepthColorizer.Range range = DepthColorizer.Range.of(truth);
        Image predicted = DepthColorizer.of(prediction, ColorMap.SPECTRAL, range);
        return image.appendRight(DepthColorizer.of(unknownAsNan(truth), ColorMap.SPECTRAL, range))
                .appendRight(predicted)
                .appendRight(error(prediction, truth));
    }

    private static ScalarMap unknownAsNan(ScalarMap truth) {
        float[] values = truth.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = values[i] > 0 ? values[i] : Float.NaN;
        }
        return new ScalarMap(truth.width(), truth.height(), values);
    }

    private static Image error(ScalarMap prediction, ScalarMap truth) {
        byte[] rgb = new byte[3 * truth.values().length];
        for (int i = 0; i < truth.values().length; i++) {
            float trueDepth = truth.values()[i];
            if (trueDepth > 0) {
                float error = Math.abs(prediction.values()[i] - trueDepth) / trueDepth;
                int color = ColorMap.SPECTRAL.index(error / LARGEST_ERROR);
                for (int c = 0; c < 3; c++) {
                    rgb[3 * i + c] = (byte) Math.round(255 * ColorMap.SPECTRAL.channel(color, c));
                }
            }
        }
        return new Image(truth.width(), truth.height(), rgb);
    }
}
