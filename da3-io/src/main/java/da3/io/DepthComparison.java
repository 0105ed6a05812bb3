package da3.io;

import da3.geometry.Image;
import da3.geometry.ScalarMap;

/** One view as a picture of four: image, true depth, predicted depth in the truth's colors, and relative error. */
public final class DepthComparison {

    /** Relative error that the last color stands for. */
    private static final float LARGEST_ERROR = 0.5f;

    private DepthComparison() {}

    /**
     * Draws a view. Red is near, and in the error red is none and blue is half of the truth or more; black is unknown.
     *
     * @param prediction scaled so that it can be compared with the truth
     * @param truth 0 where it is not known
     */
    public static Image of(Image image, ScalarMap prediction, ScalarMap truth) {
        DepthColorizer.Range range = DepthColorizer.Range.of(truth);
        Image seen = DepthColorizer.of(prediction, ColorMap.SPECTRAL, range);
        return image.appendRight(DepthColorizer.of(unknownAsNan(truth), ColorMap.SPECTRAL, range))
                .appendRight(seen)
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
            float real = truth.values()[i];
            if (real > 0) {
                float error = Math.abs(prediction.values()[i] - real) / real;
                int color = ColorMap.SPECTRAL.index(error / LARGEST_ERROR);
                for (int c = 0; c < 3; c++) {
                    rgb[3 * i + c] = (byte) Math.round(255 * ColorMap.SPECTRAL.channel(color, c));
                }
            }
        }
        return new Image(truth.width(), truth.height(), rgb);
    }
}
