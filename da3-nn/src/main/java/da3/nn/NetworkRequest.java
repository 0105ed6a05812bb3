package da3.nn;

import da3.geometry.check.Check;
import java.util.List;
import java.util.Set;

/**
 * A description of what a network computes.
 *
 * @param outputs requested outputs; networks with masks of sky and objects return them with depth
 * @param referenceView how the reference view is chosen
 * @param featureLayers blocks whose tokens are returned as features
 * @param viewsPerChunk number of views that the heads process at a time; does not affect results
 * @param trace whether to return the four levels of the backbone and the tokens of given cameras
 */
public record NetworkRequest(
        Set<Output> outputs,
        ReferenceViewStrategy referenceView,
        List<Integer> featureLayers,
        int viewsPerChunk,
        boolean trace) {

    public NetworkRequest {
        outputs = Set.copyOf(outputs);
        featureLayers = List.copyOf(featureLayers);
        Check.atLeast("viewsPerChunk", 1, viewsPerChunk);
    }

    public NetworkRequest withOutputs(Set<Output> outputs) {
        return new NetworkRequest(outputs, referenceView, featureLayers, viewsPerChunk, trace);
    }

    public NetworkRequest withFeatureLayers(List<Integer> featureLayers) {
        return new NetworkRequest(outputs, referenceView, featureLayers, viewsPerChunk, trace);
    }

    public static NetworkRequest of(Set<Output> outputs) {
        return new NetworkRequest(outputs, ReferenceViewStrategy.SADDLE_BALANCED, List.of(), 1, false);
    }
}
