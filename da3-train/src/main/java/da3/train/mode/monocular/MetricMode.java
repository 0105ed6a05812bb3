package da3.train.mode.monocular;

import da3.nn.ModelConfig;
import da3.nn.Network;
import da3.nn.autograd.AutogradEngine;
import da3.train.config.TrainConfig;
import da3.train.data.TrainingScene;
import da3.train.mode.TrainingMode;
import da3.train.mode.TrainingPass;
import da3.train.mode.Validation;
import da3.train.objective.MetricLoss;
import da3.train.objective.MetricObjective;
import da3.train.objective.MetricWeights;
import da3.train.objective.TeacherPrediction;
import da3.train.objective.TeacherTruth;
import da3.train.yaml.ConfigException;
import java.util.List;

/**
 * Training of a monocular network that predicts depth in meters for a focal length of 300 pixels.
 *
 * @param weights weights of the terms of the objective
 * @param threads number of threads of the objective
 */
public record MetricMode(MetricWeights weights, int threads) implements TrainingMode<TeacherPrediction> {

    /**
     * Returns the mode of a configuration.
     *
     * @param model the network to train
     * @throws ConfigException if the network predicts no sky mask, or its depth has another unit
     */
    public static MetricMode of(TrainConfig config, ModelConfig model) {
        TeacherMode.requireSky(config, model);
        if (model.depthUnit() != ModelConfig.DepthUnit.METERS_AT_FOCAL_300) {
            throw new ConfigException("objective.kind metric needs a network whose depth unit is meters_at_focal_300, "
                    + "got arbitrary");
        }
        return new MetricMode(config.objective().metric(), config.engine().threads());
    }

    @Override
    public TrainingPass<TeacherPrediction> pass(AutogradEngine engine, Network network) {
        return new MonocularPass(engine, network, this::evaluate);
    }

    private MonocularPass.Loss evaluate(TeacherTruth truth, TeacherPrediction prediction, long step) {
        MetricLoss loss = new MetricObjective(weights, threads).evaluate(truth, prediction);
        return new MonocularPass.Loss(loss.terms(), loss.total(), loss.gradients());
    }

    @Override
    public Validation<TeacherPrediction> validation(List<TrainingScene> scenes, int pictures) {
        return new MetricValidation(scenes, pictures);
    }
}
