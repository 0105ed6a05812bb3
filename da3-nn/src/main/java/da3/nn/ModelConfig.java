package da3.nn;

import da3.geometry.check.Check;
import java.util.Optional;

/**
 * The configuration of a model: a network, and for the nested model a second one that predicts metric depth.
 *
 * @param main the any-view, mono or metric network
 * @param metric the metric network of a nested model
 * @param depthUnit unit of the depth of the main network
 * @param processingSize default length of the longer side of processed images, in pixels, at least 14
 */
public record ModelConfig(NetworkConfig main, Optional<NetworkConfig> metric, DepthUnit depthUnit, int processingSize) {

    /** Processing size of the published models, in pixels. */
    public static final int PUBLISHED_SIZE = 504;

    public ModelConfig {
        Check.atLeast("processingSize", 14, processingSize);
    }

    /** The unit of the depth of a network. */
    public enum DepthUnit {
        /** An arbitrary unit per scene: depth is correct up to scale. */
        ARBITRARY,
        /** Meters for a focal length of 300 pixels; depth in meters is this depth times focal length / 300. */
        METERS_AT_FOCAL_300
    }

    /** Creates the configuration of a model with an arbitrary depth unit and the published processing size. */
    public ModelConfig(NetworkConfig main, Optional<NetworkConfig> metric) {
        this(main, metric, DepthUnit.ARBITRARY, PUBLISHED_SIZE);
    }

    public ModelConfig withDepthUnit(DepthUnit depthUnit) {
        return new ModelConfig(main, metric, depthUnit, processingSize);
    }

    public ModelConfig withProcessingSize(int processingSize) {
        return new ModelConfig(main, metric, depthUnit, processingSize);
    }

    /** Returns the prefix of the parameter names of the main network in a checkpoint. */
    public String mainPath() {
        return metric.isPresent() ? "model.da3" : "model";
    }

    /** Returns the prefix of the parameter names of the metric network in the checkpoint of a nested model. */
    public String metricPath() {
        return "model.da3_metric";
    }
}
