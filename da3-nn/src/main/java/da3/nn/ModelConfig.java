package da3.nn;

import java.util.Optional;

/**
 * A model: a network, and for the nested model a second one that knows meters.
 *
 * @param main the any-view, mono or metric network
 * @param metric the metric network of a nested model
 * @param depthUnit of the main network's depth
 * @param processingSize longer side that images are resized to unless a request says otherwise, in pixels, at least 14
 */
public record ModelConfig(NetworkConfig main, Optional<NetworkConfig> metric, DepthUnit depthUnit, int processingSize) {

    /** Longer side, in pixels, to which the published models resize images. */
    public static final int PUBLISHED_SIZE = 504;

    public ModelConfig {
        if (processingSize < 14) {
            throw new IllegalArgumentException("processingSize must be at least 14, got " + processingSize);
        }
    }

    /** What a network's depth is measured in. */
    public enum DepthUnit {
        /** A unit of its own, other for every scene. */
        OWN,
        /** Meters if the focal length were 300 pixels; times the real one over 300 it is meters. */
        METERS_AT_FOCAL_300
    }

    /** Of a network whose depth has a unit of its own. */
    public ModelConfig(NetworkConfig main, Optional<NetworkConfig> metric) {
        this(main, metric, DepthUnit.OWN, PUBLISHED_SIZE);
    }

    public ModelConfig withDepthUnit(DepthUnit depthUnit) {
        return new ModelConfig(main, metric, depthUnit, processingSize);
    }

    public ModelConfig withProcessingSize(int processingSize) {
        return new ModelConfig(main, metric, depthUnit, processingSize);
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
