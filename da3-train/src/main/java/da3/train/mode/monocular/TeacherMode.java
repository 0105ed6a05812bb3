package da3.train.mode.monocular;

import da3.nn.ModelConfig;
import da3.nn.Network;
import da3.nn.autograd.AutogradEngine;
import da3.train.config.TrainConfig;
import da3.train.data.RandomStreams;
import da3.train.data.TrainingScene;
import da3.train.mode.TrainingMode;
import da3.train.mode.TrainingPass;
import da3.train.mode.Validation;
import da3.train.objective.PatchAnchors;
import da3.train.objective.TeacherLoss;
import da3.train.objective.TeacherObjective;
import da3.train.objective.TeacherOptions;
import da3.train.objective.TeacherPrediction;
import da3.train.objective.TeacherTruth;
import da3.train.yaml.ConfigException;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Training of a monocular network with the teacher's objective, on truth or on the labels of a teacher.
 *
 * @param options options of the objective
 * @param threads number of threads of the objective
 * @param seed seed of the run, for the random anchors of local terms
 */
public record TeacherMode(TeacherOptions options, int threads, long seed) implements TrainingMode<TeacherPrediction> {

    /**
     * Returns the mode of a configuration.
     *
     * @param model the network to train
     * @throws ConfigException if the network predicts no sky mask
     */
    public static TeacherMode of(TrainConfig config, ModelConfig model) {
        requireSky(config, model);
        return new TeacherMode(config.objective().teacher(), config.engine().threads(), config.seed());
    }

    /** @throws ConfigException if the network lacks a sky mask */
    static void requireSky(TrainConfig config, ModelConfig model) {
        if (!model.main().head().kind().hasSky()) {
            throw new ConfigException("objective.kind "
                    + config.objective().kind().id()
                    + " needs a network that predicts depth and sky, got one that predicts "
                    + model.main().head().kind().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }
    }

    @Override
    public TrainingPass<TeacherPrediction> pass(AutogradEngine engine, Network network) {
        return new MonocularPass(engine, network, this::evaluate);
    }

    private MonocularPass.Loss evaluate(TeacherTruth truth, TeacherPrediction prediction, long step) {
        Random random = new Random(
                RandomStreams.of(RandomStreams.Purpose.ANCHORS, seed, step, 0).nextLong());
        List<PatchAnchors> anchors = PatchAnchors.draw(truth, options.levels(), random);
        TeacherLoss loss =
                new TeacherObjective(options, threads).evaluate(truth.withMeanDepthOne(), prediction, anchors);
        return new MonocularPass.Loss(loss.terms(), loss.total(), loss.gradients());
    }

    @Override
    public Validation<TeacherPrediction> validation(List<TrainingScene> scenes, int pictures) {
        return new MonocularValidation(scenes, pictures);
    }
}
