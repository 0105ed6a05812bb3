package da3.train.run;

import da3.nn.Engine;
import da3.nn.ModelConfig;
import da3.nn.Network;
import da3.nn.Parameter;
import da3.nn.Scope;
import da3.nn.WeightSource;
import da3.nn.autograd.AutogradEngine;
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

/**
 * Whole training steps of one network on one engine: forward, student objective, backward, clipping, AdamW. A run of the
 * command has a {@link Trainer}; this is a step by itself, to be timed and to be compared with reference numbers.
 */
public final class TrainingStep {

    private final AutogradEngine engine;
    private final List<Parameter> trained;
    private final StudentPass pass;
    private final AdamW optimizer;
    private final double clip;
    private final int threads;
    private final List<float[]> values = new ArrayList<>(); // of the trained parameters, on the host
    private final List<float[]> arrays; // for their gradients, used again by every step

    /**
     * What a step found.
     *
     * @param loss before the step
     * @param gradientNorm L2 norm of all gradients before clipping
     * @param gradients after clipping, in the order of {@link AutogradEngine#trained}; null where none was reached. The
     *     next step overwrites the arrays.
     */
    public record Result(StudentLoss loss, double gradientNorm, List<float[]> gradients) {}

    /**
     * @param network built on {@code engine}; its trained parameters are those of the engine
     * @param clip largest L2 norm of all gradients together, above 0
     */
    public TrainingStep(
            AutogradEngine engine, Network network, StudentObjective objective, AdamWOptions options, double clip) {
        this.engine = engine;
        this.trained = engine.trained();
        this.pass = new StudentPass(engine, network, objective);
        this.clip = clip;
        this.threads = engine.threads();
        this.optimizer = new AdamW(slots(trained), options, threads);
        this.arrays = optimizer.slots().stream()
                .map(slot -> new float[slot.size()])
                .toList();
        engine.run(() -> {
            try (Scope scope = engine.scope()) {
                trained.forEach(parameter -> values.add(engine.download(engine.value(parameter))));
            }
            return null;
        });
    }

    /**
     * Builds an any-view network on an engine and returns its steps, of all parameters but the camera encoder's, which
     * takes no part without given cameras.
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

    /** Returns the values of the trained parameters in the order of {@link AutogradEngine#trained}, not copies. */
    public List<float[]> values() {
        return values;
    }

    /**
     * Takes a step.
     *
     * @param images (images, 3, rows, columns), normalized
     * @param truth of the same images
     * @param learningRateFactor what the learning rate is multiplied with
     */
    public Result step(float[] images, StudentTruth truth, double learningRateFactor) {
        StudentPass.Result result = pass.gradients(images, null, truth, trained, arrays);
        List<float[]> gradients = result.gradients();
        double norm = GradientClipping.clip(gradients, clip, threads);
        optimizer.step(values, gradients, learningRateFactor);
        engine.run(() -> {
            for (int i = 0; i < values.size(); i++) {
                if (gradients.get(i) != null) {
                    engine.engine().assign(trained.get(i), values.get(i));
                }
            }
            return null;
        });
        return new Result(result.loss(), norm, gradients);
    }
}
