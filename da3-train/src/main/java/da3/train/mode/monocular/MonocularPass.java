package da3.train.mode.monocular;

import da3.nn.Network;
import da3.nn.NetworkTensors;
import da3.nn.Output;
import da3.nn.Scope;
import da3.nn.Tensor;
import da3.nn.autograd.AutogradEngine;
import da3.train.data.Batch;
import da3.train.mode.TrainingPass;
import da3.train.objective.TeacherPrediction;
import da3.train.objective.TeacherTruth;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The forward pass of a monocular network, an objective, and the backward pass. Every image is a scene of its own.
 * Pixels without depth are sky. The object mask is trained if the network and all scenes of a batch have one.
 */
final class MonocularPass implements TrainingPass<TeacherPrediction> {

    private final AutogradEngine engine;
    private final Network network;
    private final Objective objective;

    /** An objective of single images. */
    interface Objective {

        /** @param step of the run, for random draws that change with it */
        Loss evaluate(TeacherTruth truth, TeacherPrediction prediction, long step);
    }

    /**
     * The value of an objective.
     *
     * @param terms by name, without the total
     * @param gradients of the total with respect to each prediction
     */
    record Loss(Map<String, Double> terms, double total, TeacherPrediction gradients) {}

    /** @param network built on {@code engine} for training, so that its masks are not clipped; it has a sky mask */
    MonocularPass(AutogradEngine engine, Network network, Objective objective) {
        this.engine = engine;
        this.network = network;
        this.objective = objective;
    }

    @Override
    public <T> T gradients(Batch batch, long step, Receiver<T> receiver) {
        TeacherTruth truth = truth(batch, network.config().head().kind().hasObjects());
        return engine.run(() -> {
            try (Scope scope = engine.scope()) {
                NetworkTensors out = forward(batch);
                Loss loss = objective.evaluate(truth, download(out), step);
                Map<Tensor, float[]> byOutput = new IdentityHashMap<>();
                byOutput.put(out.depth(), loss.gradients().depth());
                byOutput.put(out.sky(), loss.gradients().sky());
                if (out.objects() != null) {
                    byOutput.put(out.objects(), loss.gradients().object());
                }
                Map<String, Double> terms = new LinkedHashMap<>(loss.terms());
                terms.put("total", loss.total());
                return receiver.receive(terms, engine.backward(byOutput));
            }
        });
    }

    @Override
    public TeacherPrediction predict(Batch batch) {
        return engine.run(() -> {
            try (Scope scope = engine.scope()) {
                return download(forward(batch));
            }
        });
    }

    private NetworkTensors forward(Batch batch) {
        int count = batch.scenes().size() * batch.views();
        Tensor images = engine.upload(batch.images(), count, 3, batch.rows(), batch.columns());
        return network.tensors(images, null, count, EnumSet.of(Output.DEPTH), Set.of(), Set.of());
    }

    private TeacherPrediction download(NetworkTensors out) {
        float[] depth = engine.download(out.depth());
        return new TeacherPrediction(
                out.depth().size(0),
                out.depth().size(1),
                out.depth().size(2),
                depth,
                engine.download(out.sky()),
                out.objects() == null ? new float[depth.length] : engine.download(out.objects()));
    }

    private static TeacherTruth truth(Batch batch, boolean objects) {
        boolean[] known = batch.known();
        boolean[] sky = new boolean[known.length];
        for (int i = 0; i < known.length; i++) {
            sky[i] = !known[i];
        }
        return new TeacherTruth(
                batch.scenes().size() * batch.views(),
                batch.rows(),
                batch.columns(),
                batch.depth(),
                known,
                batch.intrinsics(),
                sky,
                objects ? batch.objects().orElse(null) : null);
    }
}
