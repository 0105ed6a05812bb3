package da3.nn;

import java.util.List;
import java.util.Map;

/**
 * What a backbone hands to the heads, in the caller's order of views.
 *
 * @param levels four levels, coarse to fine in depth of the network
 * @param features (views, patches, channels) of the layers asked for, after the final norm
 * @param attention queries and keys of the blocks asked for, in the network's order of views
 * @param referenceView the chosen view, or -1 where none was chosen
 */
record BackboneOutput(
        List<Level> levels, Map<Integer, Tensor> features, Map<Integer, QueriesKeys> attention, int referenceView) {

    /**
     * One level.
     *
     * @param patches (views, patches, channels), after the final norm (with joined tokens: their second half)
     * @param camera (views, channels), token 0, not normed
     */
    record Level(Tensor patches, Tensor camera) {}
}
