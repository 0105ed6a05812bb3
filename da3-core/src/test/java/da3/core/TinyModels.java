package da3.core;

import da3.geometry.gaussian.GaussianOptions;
import da3.nn.BackboneConfig;
import da3.nn.CameraEncoderConfig;
import da3.nn.DptConfig;
import da3.nn.GaussianConfig;
import da3.nn.ModelConfig;
import da3.nn.NetworkConfig;
import java.util.List;
import java.util.Optional;

/** Models with few channels. */
final class TinyModels {

    private static final List<Integer> CHANNELS = List.of(8, 8, 16, 16);

    private TinyModels() {}

    /** Returns a model with depth, rays, cameras and Gaussians, and a camera encoder. */
    static ModelConfig anyView() {
        return new ModelConfig(anyViewNetwork(), Optional.empty());
    }

    /** Returns a nested model: {@link #anyView} with a metric network. */
    static ModelConfig nested() {
        return new ModelConfig(anyViewNetwork(), Optional.of(metricNetwork()));
    }

    /** Returns a model for depth at a focal length of 300 pixels, and sky. */
    static ModelConfig metric() {
        return new ModelConfig(metricNetwork(), Optional.empty())
                .withDepthUnit(ModelConfig.DepthUnit.METERS_AT_FOCAL_300);
    }

    private static NetworkConfig anyViewNetwork() {
        return new NetworkConfig(
                backbone(2),
                head(DptConfig.Kind.DEPTH_AND_RAYS, 64, 2, true, true),
                Optional.of(64),
                Optional.of(new CameraEncoderConfig(32, 1, 2, 2, 1e-5)),
                Optional.of(new GaussianConfig(
                        head(DptConfig.Kind.GAUSSIANS, 64, 38, false, true), GaussianOptions.defaults(2, true, true))));
    }

    private static NetworkConfig metricNetwork() {
        return new NetworkConfig(
                backbone(-1),
                head(DptConfig.Kind.DEPTH_AND_SKY, 32, 1, false, false),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** @param start first block with attention over all views, or -1 for none */
    private static BackboneConfig backbone(int start) {
        boolean crossView = start >= 0;
        List<Integer> levels = List.of(0, 1, 2, 3);
        return new BackboneConfig(
                56, 14, 32, 4, 2, false, 64, start, start, start, 100, crossView, levels, 0.1, 1e-6, 1e-5, 1e-5, 3);
    }

    private static DptConfig head(DptConfig.Kind kind, int in, int out, boolean norm, boolean positions) {
        return DptConfig.of(kind, in, 14, out, 16, CHANNELS, norm, positions);
    }
}
