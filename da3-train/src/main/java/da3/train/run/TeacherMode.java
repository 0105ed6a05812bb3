package da3.train.run;

import da3.nn.ModelConfig;
import da3.nn.Network;
import da3.nn.autograd.AutogradEngine;
import da3.train.data.TrainingScene;
import da3.train.objective.TeacherObjective;
import da3.train.objective.TeacherOptions;
import da3.train.objective.TeacherPrediction;
import java.util.List;

/** Training of a monocular network with the teacher's objective. */
record TeacherMode(TeacherOptions options, int threads, long seed) implements TrainingMode<TeacherPrediction> {

    static TeacherMode of(TrainConfig config, ModelConfig model) {
        if (!model.main().head().kind().hasSky()) {
            throw new ConfigException("objective.kind teacher needs a network that predicts depth and sky, got "
                    + model.main().head().kind());
        }
        return new TeacherMode(config.objective().teacher(), config.engine().threads(), config.seed());
    }

    @Override
    public TrainingPass<TeacherPrediction> pass(AutogradEngine engine, Network network) {
        return new TeacherPass(engine, network, new TeacherObjective(options, threads), options, seed);
    }

    @Override
    public Validation<TeacherPrediction> validation(List<TrainingScene> scenes, int pictures) {
        return new MonocularValidation(scenes, pictures);
    }
}
