package da3.train.run;

import da3.nn.Network;
import da3.nn.NetworkTensors;
import da3.nn.Output;
import da3.nn.Scope;
import da3.nn.Tensor;
import da3.nn.autograd.AutogradEngine;
import da3.nn.autograd.Gradients;
import da3.train.objective.PatchAnchors;
import da3.train.objective.TeacherLoss;
import da3.train.objective.TeacherObjective;
import da3.train.objective.TeacherPrediction;
import da3.train.objective.TeacherTruth;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** The forward pass of a monocular network, the teacher's objective, and the backward pass, on one engine. */
public final class TeacherPass {

    private final AutogradEngine engine;
    private final Network network;
    private final TeacherObjective objective;

    /**
     * @param network built on {@code engine}
     * @throws IllegalArgumentException if the network does not predict sky and objects
     */
    public TeacherPass(AutogradEngine engine, Network network, TeacherObjective objective) {
        if (!network.config().head().kind().hasObjects()) {
            throw new IllegalArgumentException("the network must predict depth, sky and objects, got "
                    + network.config().head().kind());
        }
        this.engine = engine;
        this.network = network;
        this.objective = objective;
    }

    /**
     * Runs forward and backward. Every image is a scene of its own.
     *
     * @param images (images, 3, rows, columns), normalized
     * @param truth of the same images
     * @param anchors as in {@link TeacherObjective#evaluate}
     * @param receiver receives the loss and the gradients while they are in the memory of the engine; its result is
     *     returned
     */
    public <T> T gradients(
            float[] images,
            TeacherTruth truth,
            List<PatchAnchors> anchors,
            BiFunction<TeacherLoss, Gradients, T> receiver) {
        int count = truth.images();
        int rows = truth.rows();
        int columns = truth.columns();
        return engine.run(() -> {
            try (Scope scope = engine.scope()) {
                NetworkTensors out = network.tensors(
                        engine.upload(images, count, 3, rows, columns),
                        null,
                        count,
                        EnumSet.of(Output.DEPTH),
                        Set.of(),
                        Set.of());
                TeacherLoss loss = objective.evaluate(
                        truth,
                        new TeacherPrediction(
                                count,
                                rows,
                                columns,
                                engine.download(out.depth()),
                                engine.download(out.sky()),
                                engine.download(out.objects())),
                        anchors);
                Map<Tensor, float[]> byOutput = new IdentityHashMap<>();
                byOutput.put(out.depth(), loss.gradients().depth());
                byOutput.put(out.sky(), loss.gradients().sky());
                byOutput.put(out.objects(), loss.gradients().object());
                return receiver.apply(loss, engine.backward(byOutput));
            }
        });
    }
}
