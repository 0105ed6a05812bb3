package da3.nn;

import da3.geometry.check.Check;
import java.util.Collections;
import java.util.List;

/**
 * The configuration of the backbone, a DINOv2 vision transformer with the extensions of Depth Anything 3.
 *
 * @param imageSize side of the image that the position embedding was trained on, in pixels
 * @param patchSize side of a patch, in pixels
 * @param embedDim channels of a token
 * @param depth number of blocks
 * @param numHeads attention heads, a divisor of {@code embedDim}
 * @param swiGlu whether the feed-forward layers are SwiGLU rather than a GELU MLP
 * @param ffnHidden hidden channels of the feed-forward layers
 * @param altStart first block from which odd blocks attend over all views; -1 for none
 * @param qkNormStart first block whose queries and keys are normalized; -1 for none
 * @param ropeStart first block whose queries and keys have rotary positions; -1 for none
 * @param ropeFrequency base of the rotary frequencies
 * @param catToken whether a level concatenates the tokens of the last within-view block with the current ones
 * @param outLayers the four blocks whose tokens the heads read
 * @param interpolateOffset added to the target grid when the position embedding is resampled
 * @param blockNormEpsilon epsilon of the layer norms of blocks
 * @param finalNormEpsilon epsilon of the final layer norm
 * @param qkNormEpsilon epsilon of the query and key norms
 * @param refViewMinViews minimum number of views for choosing a reference view
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
        Check.positive("backbone image size", imageSize);
        Check.positive("backbone patch size", patchSize);
        Check.positive("backbone channels", embedDim);
        Check.positive("backbone depth", depth);
        Check.positive("backbone heads", numHeads);
        if (embedDim % numHeads != 0) {
            throw Check.invalid("backbone heads", "a divisor of the " + embedDim + " channels", numHeads);
        }
        if (imageSize % patchSize != 0) {
            throw Check.invalid("backbone patch size", "a divisor of the image size " + imageSize, patchSize);
        }
        if (outLayers.size() != 4) {
            throw Check.invalid("backbone outLayers", "four blocks", outLayers);
        }
        for (int layer : outLayers) {
            Check.inRange("backbone out layer", 0, depth - 1, layer);
        }
    }

    /**
     * Returns the configuration of a published DINOv2 network with an MLP and patches of 14 pixels, such as ViT-B/14, whose
     * views are independent.
     */
    public static BackboneConfig dinoV2(int imageSize, int embedDim, int depth, int numHeads) {
        List<Integer> last = Collections.nCopies(4, depth - 1);
        return new BackboneConfig(
                imageSize,
                14,
                embedDim,
                depth,
                numHeads,
                false,
                4 * embedDim,
                -1,
                -1,
                -1,
                100,
                false,
                last,
                0.1,
                1e-6,
                1e-6,
                1e-6,
                1);
    }

    public int headDim() {
        return embedDim / numHeads;
    }

    /** Returns the number of channels of an output level. */
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

    /** @throws IllegalArgumentException if a block whose features are requested does not exist */
    public void requireFeatureLayer(int layer) {
        Check.inRange("feature layer", 0, depth - 1, layer);
    }
}
