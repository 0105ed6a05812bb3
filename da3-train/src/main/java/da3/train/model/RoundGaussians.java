package da3.train.model;

import da3.core.InputProcessing;
import da3.geometry.gaussian.GaussianOptions;
import da3.geometry.math.SphericalHarmonics;

/**
 * Outputs of a Gaussian head that stand for one ball in each pixel, centered on the surface and as large in all
 * directions.
 *
 * @param adapter layout of the output
 */
public record RoundGaussians(GaussianOptions adapter) {

    /** The harmonic of degree 0. */
    private static final double CONSTANT = 0.5 * Math.sqrt(1 / Math.PI);

    /** Returns the number of channels of a pixel, including the opacity. */
    int channels() {
        return adapter.channels() + 1;
    }

    /** Returns the channel of the constant part of a color: 0 is red, 1 green, 2 blue. */
    int colorChannel(int color) {
        return firstScale() + 3 + 4 + color * SphericalHarmonics.coefficients(adapter.shDegree());
    }

    private int firstScale() {
        return adapter.offsetXy() ? 2 : 0;
    }

    /**
     * Returns the channels of a pixel, without its color.
     *
     * @param deviation standard deviation in pixels
     * @param opacity between 0 and 1
     */
    float[] pixel(double deviation, double opacity) {
        float[] values = new float[channels()];
        // scales are in tenths of the sum of the width and height of a pixel
        double fraction = (deviation / 0.2 - adapter.scaleMin()) / (adapter.scaleMax() - adapter.scaleMin());
        for (int axis = 0; axis < 3; axis++) {
            values[firstScale() + axis] = (float) logit(fraction);
        }
        values[firstScale() + 3 + 2] = 1; // the real part of the rotation, see GaussianAdapter#rotate
        values[values.length - 1] = (float) logit(opacity);
        return values;
    }

    private static double logit(double probability) {
        return Math.log(probability / (1 - probability));
    }

    /**
     * Returns the output for images.
     *
     * @param rgb (pixels, 3), sRGB
     * @param deviation standard deviation in pixels
     * @param opacity between 0 and 1
     * @return (pixels, channels)
     */
    public float[] ofImages(byte[] rgb, double deviation, double opacity) {
        float[] pixel = pixel(deviation, opacity);
        float[] head = new float[rgb.length / 3 * pixel.length];
        for (int i = 0; i < rgb.length / 3; i++) {
            System.arraycopy(pixel, 0, head, i * pixel.length, pixel.length);
            for (int color = 0; color < 3; color++) {
                double value = (rgb[3 * i + color] & 0xff) / 255.0;
                head[i * pixel.length + colorChannel(color)] = (float) ((value - 0.5) / CONSTANT);
            }
        }
        return head;
    }

    /**
     * Returns the weight that converts normalized colors of the network's input to a color channel.
     *
     * @param color 0 is red, 1 green, 2 blue
     */
    double colorWeight(int color) {
        return InputProcessing.standardDeviation(color) / CONSTANT;
    }

    /**
     * Returns the bias of that conversion.
     *
     * @param shift number that was added to the normalized colors
     */
    double colorBias(int color, double shift) {
        return (InputProcessing.mean(color) - shift * InputProcessing.standardDeviation(color) - 0.5) / CONSTANT;
    }
}
