package da3.nn;

import java.util.List;
import java.util.Set;

/**
 * What to compute.
 *
 * @param outputs asked for; sky comes with depth where the network has it
 * @param referenceView how the reference view is chosen
 * @param featureLayers blocks whose tokens are returned as features
 * @param viewsPerChunk views that the heads work on at a time; never changes a byte of the result
 * @param trace whether the backbone's four levels and the given cameras' tokens are returned too
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
        if (viewsPerChunk < 1) {
            throw new IllegalArgumentException("viewsPerChunk is " + viewsPerChunk + "; legal: at least 1");
        }
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
