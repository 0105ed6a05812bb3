package da3.nn;

import java.util.List;

/**
 * A DINOv2 vision transformer as DA3 uses it.
 *
 * @param imageSize side of the image that the position embedding was trained on, in pixels
 * @param patchSize side of a patch, in pixels
 * @param embedDim channels of a token
 * @param depth number of blocks
 * @param numHeads attention heads; they divide {@code embedDim}
 * @param swiGlu whether the feed-forward layers are SwiGLU rather than a GELU MLP
 * @param ffnHidden hidden channels of the feed-forward layers
 * @param altStart from this block on, odd blocks attend over all views together; -1 for never
 * @param qkNormStart from this block on, queries and keys are normed; -1 for never
 * @param ropeStart from this block on, queries and keys carry rotary positions; -1 for never
 * @param ropeFrequency base of the rotary frequencies
 * @param catToken whether an output joins the last within-view tokens and the current ones
 * @param outLayers the four blocks whose tokens the heads read
 * @param interpolateOffset added to the target grid when the position embedding is resampled
 * @param blockNormEpsilon of the blocks' layer norms
 * @param finalNormEpsilon of the last layer norm
 * @param qkNormEpsilon of the query and key norms
 * @param refViewMinViews with fewer views no reference view is chosen
 */
public record BackboneConfig(
        int imageSize,
        int patchSize,
        int embedDim,
        int depth,
        int numHeads,
        boolean swiGlu,
        int ffnHidden,
        int altStart,
        int qkNormStart,
        int ropeStart,
        double ropeFrequency,
        boolean catToken,
        List<Integer> outLayers,
        double interpolateOffset,
        double blockNormEpsilon,
        double finalNormEpsilon,
        double qkNormEpsilon,
        int refViewMinViews) {

    public BackboneConfig {
        outLayers = List.copyOf(outLayers);
        requirePositive("image size", imageSize);
        requirePositive("patch size", patchSize);
        requirePositive("channels", embedDim);
        requirePositive("depth", depth);
        requirePositive("heads", numHeads);
        require(embedDim % numHeads == 0, numHeads + " heads do not divide " + embedDim + " channels");
        require(imageSize % patchSize == 0, "patch " + patchSize + " does not divide image size " + imageSize);
        require(outLayers.size() == 4, "outLayers is " + outLayers + "; legal: four blocks");
        for (int layer : outLayers) {
            require(layer >= 0 && layer < depth, "out layer " + layer + " is not a block; legal: 0 to " + (depth - 1));
        }
    }

    public int headDim() {
        return embedDim / numHeads;
    }

    /** Channels of an output level. */
    public int levelDim() {
        return catToken ? 2 * embedDim : embedDim;
    }

    public int positionGrid() {
        return imageSize / patchSize;
    }

    /** Returns whether a block attends over all views of a scene together. */
    public boolean acrossViews(int block) {
        return altStart >= 0 && block >= altStart && block % 2 == 1;
    }

    /** @throws IllegalArgumentException unless it is one of the blocks, whose features can be had */
    public void requireFeatureLayer(int layer) {
        if (layer < 0 || layer >= depth) {
            throw new IllegalArgumentException(
                    "feature layer " + layer + " is not a block; legal: 0 to " + (depth - 1));
        }
    }

    private static void requirePositive(String name, int value) {
        require(value > 0, name + " must be above 0, got " + value);
    }

    private static void require(boolean legal, String message) {
        if (!legal) {
            throw new IllegalArgumentException("backbone: " + message);
        }
    }
}
