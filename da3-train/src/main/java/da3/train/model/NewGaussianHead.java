package da3.train.model;

import da3.geometry.gaussian.GaussianOptions;
import da3.nn.DptConfig;
import da3.nn.GaussianConfig;
import da3.nn.ModelConfig;
import da3.nn.NetworkConfig;
import da3.train.yaml.ConfigException;
import da3.train.yaml.Section;
import java.util.List;
import java.util.Optional;

/**
 * A Gaussian head that a run adds to a base without one.
 *
 * @param features channels of the fused maps
 * @param channels channels of the four reassembled maps
 * @param shDegree degree of the color harmonics
 */
public record NewGaussianHead(int features, List<Integer> channels, int shDegree) {

    private static final String NAME = ".gs_head.";

    static NewGaussianHead read(Section s) {
        return new NewGaussianHead(
                s.integer("features", 32, GaussianHeadInitialization.MIN_FEATURES, 1 << 16),
                s.integers("channels", List.of(24, 48, 96, 192)),
                s.integer("sh_degree", 2, 0, 3));
    }

    /**
     * Returns a model with this head.
     *
     * @throws ConfigException if the base has a Gaussian head or predicts no cameras
     */
    ModelConfig addTo(ModelConfig base) {
        NetworkConfig main = base.main();
        if (main.gaussians().isPresent() || main.cameraDecoderDim().isEmpty()) {
            throw new ConfigException(
                    "model.gaussian_head needs a checkpoint that predicts cameras and no Gaussians, got "
                            + (main.gaussians().isPresent() ? "one with a Gaussian head" : "one without cameras"));
        }
        GaussianOptions adapter = GaussianOptions.defaults(shDegree, true, true);
        DptConfig head = DptConfig.of(
                DptConfig.Kind.GAUSSIANS,
                main.backbone().levelDim(),
                main.backbone().patchSize(),
                adapter.channels() + 1,
                features,
                channels,
                false,
                true);
        NetworkConfig network = new NetworkConfig(
                main.backbone(),
                main.head(),
                main.cameraDecoderDim(),
                main.cameraEncoder(),
                Optional.of(new GaussianConfig(head, adapter)));
        return new ModelConfig(network, base.metric(), base.depthUnit(), base.processingSize());
    }

    /** Returns whether a tensor belongs to the head. */
    static boolean contains(String name) {
        return name.contains(NAME);
    }

    /**
     * Returns the initial values of a tensor of the head.
     *
     * @param name the full checkpoint name
     * @param index index of the tensor in the network, which selects its random numbers
     * @param seed seed of the run
     */
    float[] values(String name, int[] shape, long index, long seed, Initialization initialization) {
        float[] values = initialization.values(name, shape, index, seed);
        GaussianOptions adapter = GaussianOptions.defaults(shDegree, true, true);
        new GaussianHeadInitialization(adapter)
                .adjust(name.substring(name.indexOf(NAME) + NAME.length()), shape, values);
        return values;
    }
}
