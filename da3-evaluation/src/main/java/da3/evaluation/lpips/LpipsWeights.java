package da3.evaluation.lpips;

import da3.geometry.check.Check;
import da3.nn.WeightsException;
import da3.weights.SafetensorsWeights;

/**
 * The names of the weights of LPIPS, which are those of the module {@code LPIPS} of the published package:
 * {@code net.slice1.0.weight} and so on for the backbone, {@code lin0.model.1.weight} and so on for the weights of
 * channels.
 */
final class LpipsWeights {

    private LpipsWeights() {}

    /**
     * Returns the backbone of a file.
     *
     * @throws WeightsException if the file has the weights of neither
     */
    static Backbone backbone(SafetensorsWeights weights) {
        if (weights.has(weight(Backbone.ALEX, 1))) {
            return Backbone.ALEX;
        }
        if (weights.has(weight(Backbone.VGG, 1))) {
            return Backbone.VGG;
        }
        throw new WeightsException(Check.message(
                "tensors of " + weights.description(),
                "those of LPIPS with AlexNet or VGG-16, such as " + weight(Backbone.ALEX, 1) + " or "
                        + weight(Backbone.VGG, 1),
                weights.size() + " others"));
    }

    /** Returns the name of the first convolution of a slice. */
    private static String weight(Backbone backbone, int slice) {
        return layer(slice, backbone.slices().get(slice).layers().get(0)) + ".weight";
    }

    /** Returns the name of a convolution. */
    static String layer(int slice, Backbone.Layer layer) {
        return "net.slice" + (slice + 1) + "." + layer.index();
    }

    /** Returns the name of the weights of the channels after a slice. */
    static String channelWeights(int slice) {
        return "lin" + slice + ".model.1.weight";
    }
}
