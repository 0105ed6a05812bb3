package da3.train.mode.gaussian;

import da3.core.ErrorMessage;
import da3.core.lpips.LpipsNetwork;
import da3.core.lpips.LpipsWeights;
import da3.geometry.gaussian.GaussianOptions;
import da3.geometry.splat.SplatOptions;
import da3.nn.ModelConfig;
import da3.nn.Network;
import da3.nn.WeightsException;
import da3.nn.autograd.AutogradEngine;
import da3.train.config.GaussianSettings;
import da3.train.config.PhaseSettings;
import da3.train.config.TrainConfig;
import da3.train.data.Phase;
import da3.train.data.TrainingScene;
import da3.train.mode.TrainingMode;
import da3.train.mode.TrainingPass;
import da3.train.mode.Validation;
import da3.train.model.RoundGaussians;
import da3.train.objective.GaussianObjective;
import da3.train.yaml.ConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Training of a Gaussian head.
 *
 * @param settings settings of the objective
 * @param adapter layout of the output of the head
 * @param threads number of threads of the renderer
 * @param lpips weights of LPIPS, if it is a term of the objective
 */
public record GaussianMode(
        GaussianSettings settings, GaussianOptions adapter, int threads, Optional<LpipsWeights> lpips)
        implements TrainingMode<List<PlacedGaussians>> {

    /**
     * Returns the mode of a configuration.
     *
     * @param model the network to train
     * @throws ConfigException if the network has no Gaussian head, a phase or the validation has no views besides the
     *     held-out ones, the weights of LPIPS cannot be read, or images are too small for it
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
        Optional<LpipsWeights> lpips =
                settings.weights().lpips() > 0 ? settings.lpipsFile().map(GaussianMode::read) : Optional.empty();
        lpips.ifPresent(weights -> requireSides(config, weights.minSide()));
        return new GaussianMode(settings, adapter, config.engine().threads(), lpips);
    }

    private static LpipsWeights read(Path file) {
        try {
            return LpipsWeights.read(file);
        } catch (IOException | WeightsException e) {
            throw new ConfigException("objective.lpips_file cannot be read: " + ErrorMessage.of(e), e);
        }
    }

    private static void requireSides(TrainConfig config, int min) {
        for (PhaseSettings phase : config.phases()) {
            for (Phase.Size size : phase.phase().sizes()) {
                if (Math.min(size.rows(), size.columns()) < min) {
                    throw new ConfigException("sides of images of a phase must be at least " + min
                            + ", since objective.lpips is not 0, got " + size.rows() + "x" + size.columns());
                }
            }
        }
    }

    private static void requireInputs(String name, int views, GaussianSettings settings) {
        if (views <= settings.heldOut()) {
            throw new ConfigException(
                    name + " must be above objective.held_out, " + settings.heldOut() + ", got " + views);
        }
    }

    private SplatOptions splats() {
        return SplatOptions.defaults().withThreads(threads);
    }

    @Override
    public TrainingPass<List<PlacedGaussians>> pass(AutogradEngine engine, Network network) {
        Optional<LpipsNetwork> perceptual = lpips.map(weights -> new LpipsNetwork(engine.engine(), weights));
        GaussianObjective objective = new GaussianObjective(adapter, settings.weights(), splats(), perceptual);
        return new GaussianPass(engine, network, objective, settings);
    }

    @Override
    public Map<String, String> fileHashes() {
        return lpips.flatMap(LpipsWeights::hash)
                .map(hash -> Map.of("objective.lpips_file", hash))
                .orElse(Map.of());
    }

    @Override
    public Validation<List<PlacedGaussians>> validation(List<TrainingScene> scenes, int pictures) {
        GaussianObjective objective =
                new GaussianObjective(adapter, settings.weights().withLpips(0), splats());
        return new GaussianValidation(scenes, pictures, objective, new RoundGaussians(adapter));
    }
}
