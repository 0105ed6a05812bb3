package da3.train.mode.student;

import da3.nn.ModelConfig;
import da3.nn.Network;
import da3.nn.autograd.AutogradEngine;
import da3.train.config.AttentionSettings;
import da3.train.config.ContrastiveSettings;
import da3.train.config.DataSettings;
import da3.train.config.TrainConfig;
import da3.train.data.TrainingScene;
import da3.train.mode.TrainingMode;
import da3.train.mode.TrainingPass;
import da3.train.mode.Validation;
import da3.train.objective.NetworkPrediction;
import da3.train.objective.StudentObjective;
import da3.train.yaml.ConfigException;
import java.util.List;

/**
 * Training of an any-view network with the student objective.
 *
 * @param objective objective on depth, rays and cameras
 * @param contrastive an additional loss that teaches cross-view matching
 * @param attention an additional loss that supervises attention across views
 * @param validatesCameras whether the scenes of the validation have true cameras
 */
public record StudentMode(
        StudentObjective objective,
        ContrastiveSettings contrastive,
        AttentionSettings attention,
        boolean validatesCameras)
        implements TrainingMode<NetworkPrediction> {

    /**
     * Returns the mode of a configuration.
     *
     * @param model the network to train
     * @throws ConfigException if the network predicts no cameras
     */
    public static StudentMode of(TrainConfig config, ModelConfig model) {
        if (model.main().cameraDecoderDim().isEmpty()) {
            throw new ConfigException("objective.kind student needs an any-view network, got one without cameras");
        }
        return new StudentMode(
                new StudentObjective(config.loss(), config.engine().threads()),
                config.contrastive(),
                config.attention(),
                config.data(config.validation().names()).stream().allMatch(DataSettings::hasCameras));
    }

    @Override
    public TrainingPass<NetworkPrediction> pass(AutogradEngine engine, Network network) {
        return new StudentPass(
                engine,
                network,
                objective,
                new AuxiliaryObjectives(network.config().backbone(), contrastive, attention));
    }

    @Override
    public Validation<NetworkPrediction> validation(List<TrainingScene> scenes, int pictures) {
        return new StudentValidation(scenes, validatesCameras, pictures);
    }
}
