package da3.train.model;

import da3.geometry.gaussian.GaussianOptions;
import java.util.Arrays;

/**
 * Initial weights of a Gaussian head with which every Gaussian is a small, nearly opaque ball with the color of its
 * pixel. The first three channels of all convolutions on the image pass its colors to the output; a bias keeps them
 * positive, where the activations are close to the identity. A head with random weights has to learn to copy colors
 * first, which takes most of a short run.
 */
final class GaussianHeadInitialization {

    /** The first convolution on the image has an eighth of the features as channels, which must be three or more. */
    static final int MIN_FEATURES = 24;

    private static final int COLORS = 3;

    /** Added to normalized colors, which are -2.2 to 2.7. */
    private static final double SHIFT = 6;

    /** Standard deviation of a Gaussian in pixels; the renderer blurs by 0.55 pixels in addition. */
    private static final double DEVIATION = 0.4;

    private static final double OPACITY = 0.9;

    /** Factor of the random weights of the last layer, so that all pixels start alike. */
    private static final float DAMPING = 0.01f;

    private final RoundGaussians round;

    GaussianHeadInitialization(GaussianOptions adapter) {
        this.round = new RoundGaussians(adapter);
    }

    /**
     * Changes random values where needed.
     *
     * @param name name within the head
     */
    void adjust(String name, int[] shape, float[] values) {
        switch (name) {
            case "images_merger.0.bias" -> Arrays.fill(values, 0, COLORS, (float) SHIFT);
            case "images_merger.0.weight",
                    "images_merger.2.weight",
                    "images_merger.4.weight",
                    "scratch.output_conv2.0.weight" -> passColors(shape, values);
            case "scratch.output_conv1.weight" ->
                Arrays.fill(values, 0, COLORS * values.length / shape[0], 0); // tokens do not change colors yet
            case "scratch.output_conv2.2.weight" -> outputWeights(shape, values);
            case "scratch.output_conv2.2.bias" -> outputBiases(values);
            default -> {}
        }
    }

    /** Replaces the filters of the first three outputs by the identity. */
    private static void passColors(int[] shape, float[] values) {
        int taps = shape[2] * shape[3];
        int filter = shape[1] * taps;
        Arrays.fill(values, 0, COLORS * filter, 0);
        for (int color = 0; color < COLORS; color++) {
            values[color * filter + color * taps + taps / 2] = 1;
        }
    }

    private void outputWeights(int[] shape, float[] values) {
        int inputs = shape[1];
        for (int i = 0; i < values.length; i++) {
            values[i] *= DAMPING;
        }
        for (int color = 0; color < COLORS; color++) {
            int row = round.colorChannel(color) * inputs;
            Arrays.fill(values, row, row + inputs, 0);
            values[row + color] = (float) round.colorWeight(color);
        }
    }

    private void outputBiases(float[] values) {
        System.arraycopy(round.pixel(DEVIATION, OPACITY), 0, values, 0, values.length);
        for (int color = 0; color < COLORS; color++) {
            values[round.colorChannel(color)] = (float) round.colorBias(color, SHIFT);
        }
    }
}
