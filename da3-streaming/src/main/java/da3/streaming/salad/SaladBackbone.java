package da3.streaming.salad;

import da3.geometry.check.Check;
import da3.nn.BackboneConfig;
import da3.nn.WeightsException;
import da3.weights.SafetensorsWeights;

/** The DINOv2 backbone of SALAD, whose size follows from its weights. */
final class SaladBackbone {

    /** Prefix of the names of its weights. */
    static final String PATH = "backbone.model";

    /** Channels of an attention head in all published DINOv2 networks. */
    private static final int HEAD_CHANNELS = 64;

    private static final int PATCH = 14;

    private SaladBackbone() {}

    /**
     * Returns the configuration of the backbone in a file.
     *
     * @throws WeightsException if the file does not contain the weights of DINOv2-SALAD
     */
    static BackboneConfig config(SafetensorsWeights weights) {
        String positions = PATH + ".pos_embed";
        if (!weights.has(positions) || !weights.has("aggregator.dust_bin")) {
            throw new WeightsException(Check.message(
                    "tensors of " + weights.description(),
                    "those of DINOv2-SALAD, such as " + positions + " and aggregator.dust_bin",
                    weights.size() + " tensors without them"));
        }
        int dim = weights.length(positions, 2);
        if (dim % HEAD_CHANNELS != 0) {
            throw new WeightsException(Check.message(
                    "channels of " + positions + " in " + weights.description(),
                    "a multiple of the " + HEAD_CHANNELS + " of a head",
                    dim));
        }
        int grid = (int) Math.round(Math.sqrt(weights.length(positions, 1) - 1));
        int depth = 0;
        while (weights.has(PATH + ".blocks." + depth + ".norm1.weight")) {
            depth++;
        }
        if (grid < 1 || depth < 1) {
            throw new WeightsException(Check.message(
                    "backbone in " + weights.description(),
                    "at least one block and one patch",
                    depth + " blocks and a grid of " + grid + "x" + grid + " patches"));
        }
        return BackboneConfig.dinoV2(grid * PATCH, dim, depth, dim / HEAD_CHANNELS);
    }
}
