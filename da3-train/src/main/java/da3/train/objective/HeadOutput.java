package da3.train.objective;

import da3.geometry.ScalarMap;
import da3.geometry.gaussian.AdapterGradients;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The output of a Gaussian head, separated into the channels of the adapter and the opacities. */
final class HeadOutput {

    private final GaussianPrediction prediction;
    private final int channels; // without the opacity
    private final float[] raw; // (pixels, channels)
    private final float[] opacities; // (pixels)

    /**
     * @param channels number of channels without the opacity
     * @throws IllegalArgumentException if the output does not have one more channel for each pixel of the depth maps
     */
    HeadOutput(GaussianPrediction prediction, int channels) {
        float[] head = prediction.head();
        int pixels = prediction.depths().stream()
                .mapToInt(map -> map.values().length)
                .sum();
        ArrayShapes.require("output of the Gaussian head", head.length, pixels, channels + 1);
        this.prediction = prediction;
        this.channels = channels;
        this.raw = new float[pixels * channels];
        this.opacities = new float[pixels];
        for (int i = 0; i < pixels; i++) {
            System.arraycopy(head, i * (channels + 1), raw, i * channels, channels);
            opacities[i] = (float) (1 / (1 + Math.exp(-head[i * (channels + 1) + channels])));
        }
    }

    GaussianPrediction prediction() {
        return prediction;
    }

    int pixels() {
        return opacities.length;
    }

    float[] raw() {
        return raw;
    }

    /** Returns the opacities of each view. */
    List<ScalarMap> opacityMaps() {
        List<ScalarMap> maps = new ArrayList<>();
        int at = 0;
        for (ScalarMap depth : prediction.depths()) {
            int end = at + depth.values().length;
            maps.add(new ScalarMap(depth.width(), depth.height(), Arrays.copyOfRange(opacities, at, end)));
            at = end;
        }
        return maps;
    }

    /** Returns the gradient with respect to the output of the head, in its layout. */
    float[] gradient(AdapterGradients gradients) {
        float[] head = new float[raw.length + opacities.length];
        for (int i = 0; i < opacities.length; i++) {
            System.arraycopy(gradients.raw(), i * channels, head, i * (channels + 1), channels);
            double opacity = opacities[i];
            head[i * (channels + 1) + channels] = (float) (gradients.opacities()[i] * opacity * (1 - opacity));
        }
        return head;
    }
}
