package da3.train.mode.student;

import da3.nn.Engine;
import da3.nn.ModelConfig;
import da3.nn.Network;
import da3.nn.Parameter;
import da3.nn.Scope;
import da3.nn.Tensor;
import da3.nn.WeightSource;
import da3.nn.autograd.AutogradEngine;
import da3.nn.autograd.DifferentiableEngine.ParameterUpdate;
import da3.nn.autograd.Gradients;
import da3.train.objective.StudentLoss;
import da3.train.objective.StudentObjective;
import da3.train.objective.StudentTruth;
import da3.train.objective.StudentWeights;
import da3.train.optimizer.AdamW;
import da3.train.optimizer.AdamWOptions;
import da3.train.optimizer.GradientClipping;
import da3.train.optimizer.ParameterSlot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Whole training steps of one network on one engine: forward, student objective, backward, clipping, AdamW. This
 * class is for timing and for comparison with reference numbers; training runs take their steps on several workers.
 */
public final class TrainingStep {

    private final AutogradEngine engine;
    private final List<Parameter> trained;
    private final StudentPass pass;
    private final AdamW optimizer;
    private final double clip;

    /**
     * The result of a step.
     *
     * @param loss before the step
     * @param gradientNorm L2 norm of all gradients before clipping
     */
    public record Result(StudentLoss loss, double gradientNorm) {}

    /**
     * @param network built on {@code engine}; its trained parameters are those of the engine
     * @param clip largest L2 norm of all gradients together, above 0
     */
    public TrainingStep(
            AutogradEngine engine, Network network, StudentObjective objective, AdamWOptions options, double clip) {
        this.engine = engine;
        this.trained = engine.trained();
        this.pass = new StudentPass(
                engine,
                network,
                objective,
                AuxiliaryObjectives.none(network.config().backbone()));
        this.clip = clip;
        this.optimizer = new AdamW(slots(trained), options, engine.threads());
    }

    /**
     * Builds an any-view network on an engine and returns its steps, of all parameters except those of the camera
     * encoder, which is not used without given cameras.
     *
     * @param engine closed by the caller
     * @param options of AdamW; gradients are clipped at norm 1
     * @throws IllegalArgumentException if the engine has no backward pass, or the network has no cameras
     */
    public static TrainingStep ofAnyView(
            Engine engine, WeightSource weights, ModelConfig config, AdamWOptions options) {
        if (config.main().cameraDecoderDim().isEmpty()) {
            throw new IllegalArgumentException("the model must be an any-view model, got one without cameras");
        }
        AutogradEngine recording = AutogradEngine.recording(engine, name -> !name.contains(".cam_enc."), false);
        Network network = new Network(recording, weights, config.mainPath(), config.main());
        StudentObjective objective = new StudentObjective(StudentWeights.defaults(), engine.threads());
        return new TrainingStep(recording, network, objective, options, 1);
    }

    private static List<ParameterSlot> slots(List<Parameter> parameters) {
        return parameters.stream()
                .map(p -> new ParameterSlot(
                        p.name(), Arrays.stream(p.shape()).boxed().toList()))
                .toList();
    }

    /** Returns copies of the values of the trained parameters in the order of {@link AutogradEngine#trained}. */
    public List<float[]> values() {
        return engine.run(() -> {
            try (Scope scope = engine.scope()) {
                return trained.stream()
                        .map(parameter -> engine.download(engine.value(parameter)))
                        .toList();
            }
        });
    }

    /**
     * Returns the gradients that {@link #step} would use, after clipping, in the order of
     * {@link AutogradEngine#trained}; null for parameters that the loss does not depend on. The arguments are those of
     * {@link #step}.
     */
    public List<float[]> gradients(float[] images, StudentTruth truth) {
        List<float[]> values = new ArrayList<>();
        pass.gradients(images, null, truth, 0, (loss, terms, gradients) -> {
            trained.forEach(parameter -> values.add(gradients.values(parameter)));
            return loss;
        });
        GradientClipping.clip(values, clip, engine.threads());
        return values;
    }

    /**
     * Takes a step. Gradients and values stay in the memory of the engine; the state of the optimizer is on the host.
     *
     * @param images (images, 3, rows, columns), normalized
     * @param truth of the same images
     * @param learningRateFactor factor on the learning rate
     */
    public Result step(float[] images, StudentTruth truth, double learningRateFactor) {
        return pass.gradients(images, null, truth, 0, (loss, terms, gradients) -> {
            double norm = norm(gradients);
            double factor = GradientClipping.factor(norm, clip);
            List<ParameterUpdate> updates = new ArrayList<>();
            for (int i = 0; i < trained.size(); i++) {
                Tensor gradient = gradients.get(trained.get(i));
                if (gradient != null) {
                    AdamW.Step update = optimizer.begin(i, learningRateFactor, factor);
                    updates.add(new ParameterUpdate(trained.get(i), gradient, update::apply));
                }
            }
            engine.engine().update(updates);
            return new Result(loss, norm);
        });
    }

    private double norm(Gradients gradients) {
        List<Tensor> all =
                trained.stream().map(gradients::get).filter(Objects::nonNull).toList();
        return Math.sqrt(engine.engine().sumOfSquares(all));
    }
}
