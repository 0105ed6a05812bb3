package da3.weights;

import da3.geometry.gaussian.GaussianOptions;
import da3.nn.BackboneConfig;
import da3.nn.CameraEncoderConfig;
import da3.nn.DptConfig;
import da3.nn.GaussianConfig;
import da3.nn.ModelConfig;
import da3.nn.NetworkConfig;
import java.util.List;
import java.util.Optional;

/** A nested model with all kinds of heads and some ten thousand weights. */
final class SmallModels {

    private SmallModels() {}

    static ModelConfig nested() {
        NetworkConfig main = new NetworkConfig(
                backbone(true),
                head(DptConfig.Kind.DEPTH_AND_RAYS, 16, 2),
                Optional.of(16),
                Optional.of(new CameraEncoderConfig(8, 1, 2, 2, 1e-5)),
                Optional.of(new GaussianConfig(
                        head(DptConfig.Kind.GAUSSIANS, 16, 38), GaussianOptions.defaults(2, true, true))));
        NetworkConfig metric = new NetworkConfig(
                backbone(false),
                head(DptConfig.Kind.DEPTH_AND_SKY, 8, 1),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new ModelConfig(main, Optional.of(metric));
    }

    private static BackboneConfig backbone(boolean anyView) {
        int start = anyView ? 1 : -1;
        return new BackboneConfig(
                28,
                14,
                8,
                4,
                2,
                anyView,
                16,
                start,
                start,
                start,
                100,
                anyView,
                List.of(0, 1, 2, 3),
                0.1,
                1e-6,
                1e-5,
                1e-5,
                3);
    }

    private static DptConfig head(DptConfig.Kind kind, int dim, int outputDim) {
        return DptConfig.of(kind, dim, 14, outputDim, 8, List.of(4, 4, 8, 8), true, true);
    }
}
