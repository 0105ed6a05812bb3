package da3.train.mode.gaussian;

import da3.geometry.gaussian.GaussianOptions;
import da3.geometry.splat.SplatOptions;
import da3.nn.ModelConfig;
import da3.nn.Network;
import da3.nn.autograd.AutogradEngine;
import da3.train.config.GaussianSettings;
import da3.train.config.PhaseSettings;
import da3.train.config.TrainConfig;
import da3.train.data.TrainingScene;
import da3.train.mode.TrainingMode;
import da3.train.mode.TrainingPass;
import da3.train.mode.Validation;
import da3.train.model.RoundGaussians;
import da3.train.objective.GaussianObjective;
import da3.train.yaml.ConfigException;
import java.util.List;

/**
 * Training of a Gaussian head.
 *
 * @param settings settings of the objective
 * @param adapter layout of the output of the head
 * @param threads number of threads of the renderer
 */
public record GaussianMode(GaussianSettings settings, GaussianOptions adapter, int threads)
        implements TrainingMode<List<PlacedGaussians>> {

    /**
     * Returns the mode of a configuration.
     *
     * @param model the network to train
     * @throws ConfigException if the network has no Gaussian head, or a phase or the validation has no views besides the
     *     held-out ones
     */
    public static GaussianMode of(TrainConfig config, ModelConfig model) {
        GaussianSettings settings = config.objective().gaussian();
        for (PhaseSettings phase : config.phases()) {
            requireInputs("min_views of a phase", phase.phase().minViews(), settings);
        }
        if (!config.validation().names().isEmpty()) {
            requireInputs("validation.views", config.validation().views(), settings);
        }
        GaussianOptions adapter = model.main()
                .gaussians()
                .orElseThrow(() -> new ConfigException("objective.kind gaussian needs a network with a Gaussian head, "
                        + "which model.gaussian_head adds, got one without"))
                .adapter();
        return new GaussianMode(settings, adapter, config.engine().threads());
    }

    private static void requireInputs(String name, int views, GaussianSettings settings) {
        if (views <= settings.heldOut()) {
            throw new ConfigException(
                    name + " must be above objective.held_out, " + settings.heldOut() + ", got " + views);
        }
    }

    private GaussianObjective objective() {
        SplatOptions splats = SplatOptions.defaults().withThreads(threads);
        return new GaussianObjective(adapter, settings.weights(), splats);
    }

    @Override
    public TrainingPass<List<PlacedGaussians>> pass(AutogradEngine engine, Network network) {
        return new GaussianPass(engine, network, objective(), settings);
    }

    @Override
    public Validation<List<PlacedGaussians>> validation(List<TrainingScene> scenes, int pictures) {
        return new GaussianValidation(scenes, pictures, objective(), new RoundGaussians(adapter));
    }
}
