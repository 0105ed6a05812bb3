package da3.nn;

import java.util.List;
import java.util.Map;

/**
 * The output of a backbone, which the heads read, in the caller's order of views.
 *
 * @param levels four levels, from the first to the last block
 * @param features tokens of requested blocks, (views, patches, channels), after the final norm
 * @param attention queries and keys of requested blocks, in the working order of views
 * @param referenceView the chosen view, or -1 if none was chosen
 */
record BackboneOutput(
        List<Level> levels, Map<Integer, Tensor> features, Map<Integer, QueriesKeys> attention, int referenceView) {

    /**
     * The tokens of one level.
     *
     * @param patches (views, patches, channels), after the final norm (of concatenated tokens, only the second half)
     * @param camera (views, channels), token 0, not normalized
     */
    record Level(Tensor patches, Tensor camera) {}
}
