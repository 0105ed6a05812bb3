package da3.nn;

import java.util.Optional;

/**
 * A model: a network, and for the nested model a second one that knows metres.
 *
 * @param main the any-view, mono or metric network
 * @param metric the metric network of a nested model
 */
public record ModelConfig(NetworkConfig main, Optional<NetworkConfig> metric) {

    /** Where the main network's names begin in a checkpoint. */
    public String mainPath() {
        return metric.isPresent() ? "model.da3" : "model";
    }

    /** Where the metric network's names begin in a nested model's checkpoint. */
    public String metricPath() {
        return "model.da3_metric";
    }
}
