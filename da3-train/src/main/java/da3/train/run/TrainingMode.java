package da3.train.run;

import da3.nn.ModelConfig;
import da3.nn.Network;
import da3.nn.autograd.AutogradEngine;
import da3.train.data.TrainingScene;
import java.util.List;

/**
 * The passes of the workers and the validation of a run, which follow from its kind of objective.
 *
 * @param <P> prediction for a batch
 */
interface TrainingMode<P> {

    /**
     * Returns the pass of one worker.
     *
     * @param network built on {@code engine}
     */
    TrainingPass<P> pass(AutogradEngine engine, Network network);

    /**
     * Returns the validation on scenes.
     *
     * @param scenes scenes at their final size, all of the same shape
     * @param pictures number of scenes to draw
     */
    Validation<P> validation(List<TrainingScene> scenes, int pictures);

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
