package da3.train.run;

import da3.nn.ModelConfig;
import da3.nn.Network;
import da3.nn.autograd.AutogradEngine;
import da3.train.data.TrainingScene;
import da3.train.objective.NetworkPrediction;
import da3.train.objective.StudentObjective;
import java.util.List;

/** Training of an any-view network with the student objective. */
record StudentMode(StudentObjective objective, ContrastiveSettings contrastive, AttentionSettings attention)
        implements TrainingMode<NetworkPrediction> {

    static StudentMode of(TrainConfig config, ModelConfig model) {
        if (model.main().cameraDecoderDim().isEmpty()) {
            throw new ConfigException("objective.kind student needs an any-view network, got one without cameras");
        }
        return new StudentMode(
                new StudentObjective(config.loss(), config.engine().threads()),
                config.contrastive(),
                config.attention());
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
        return new StudentValidation(scenes, pictures);
    }
}
