package da3.train.run;

import da3.nn.ModelConfig;
import da3.train.config.TrainConfig;
import da3.train.mode.TrainingMode;
import da3.train.mode.gaussian.GaussianMode;
import da3.train.mode.monocular.MetricMode;
import da3.train.mode.monocular.TeacherMode;
import da3.train.mode.student.StudentMode;
import da3.train.yaml.ConfigException;

/** The training mode of each kind of objective. */
final class TrainingModes {

    private TrainingModes() {}

    /**
     * Returns the mode of a configuration.
     *
     * @param model the network to train
     * @throws ConfigException if the network lacks outputs that the objective needs
     */
    static TrainingMode<?> of(TrainConfig config, ModelConfig model) {
        return switch (config.objective().kind()) {
            case STUDENT -> StudentMode.of(config, model);
            case TEACHER -> TeacherMode.of(config, model);
            case METRIC -> MetricMode.of(config, model);
            case GAUSSIAN -> GaussianMode.of(config, model);
        };
    }
}
