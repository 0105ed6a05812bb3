package da3.nn;

import java.util.Optional;

/**
 * A model: a network, and for the nested model a second one that knows metres.
 *
 * @param main the any-view, mono or metric network
 * @param metric the metric network of a nested model
 * @param depthUnit of the main network's depth
 */
public record ModelConfig(NetworkConfig main, Optional<NetworkConfig> metric, DepthUnit depthUnit) {

    /** What a network's depth is measured in. */
    public enum DepthUnit {
        /** A unit of its own, other for every scene. */
        OWN,
        /** Metres if the focal length were 300 pixels; times the real one over 300 it is metres. */
        METRES_AT_FOCAL_300
    }

    /** Of a network whose depth has a unit of its own. */
    public ModelConfig(NetworkConfig main, Optional<NetworkConfig> metric) {
        this(main, metric, DepthUnit.OWN);
    }

    public ModelConfig withDepthUnit(DepthUnit depthUnit) {
        return new ModelConfig(main, metric, depthUnit);
    }

    /** Where the main network's names begin in a checkpoint. */
    public String mainPath() {
        return metric.isPresent() ? "model.da3" : "model";
    }

    /** Where the metric network's names begin in a nested model's checkpoint. */
    public String metricPath() {
        return "model.da3_metric";
    }
}
