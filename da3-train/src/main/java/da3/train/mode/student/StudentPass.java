package da3.train.mode.student;

import da3.nn.Network;
import da3.nn.NetworkTensors;
import da3.nn.Output;
import da3.nn.Scope;
import da3.nn.Tensor;
import da3.nn.autograd.AutogradEngine;
import da3.nn.autograd.Gradients;
import da3.train.data.Batch;
import da3.train.mode.TrainingPass;
import da3.train.objective.FirstViewFrame;
import da3.train.objective.NetworkPrediction;
import da3.train.objective.StudentLoss;
import da3.train.objective.StudentObjective;
import da3.train.objective.StudentTruth;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A network's forward pass, the student objective, and the backward pass, on one engine. */
final class StudentPass implements TrainingPass<NetworkPrediction> {

    private static final Set<Output> OUTPUTS = EnumSet.of(Output.DEPTH, Output.RAYS, Output.CAMERA);

    private final AutogradEngine engine;
    private final Network network;
    private final StudentObjective objective;
    private final AuxiliaryObjectives auxiliary;

    /** Receives the loss and the gradients while they are in the memory of the engine. */
    interface LossReceiver<T> {

        /**
         * @param loss of the student objective
         * @param terms of all objectives, {@code total} the last
         * @param gradients of the total
         */
        T receive(StudentLoss loss, Map<String, Double> terms, Gradients gradients);
    }

    /** @param network built on {@code engine} */
    StudentPass(AutogradEngine engine, Network network, StudentObjective objective, AuxiliaryObjectives auxiliary) {
        this.engine = engine;
        this.network = network;
        this.objective = objective;
        this.auxiliary = auxiliary;
    }

    @Override
    public <T> T gradients(Batch batch, long step, Receiver<T> receiver) {
        return gradients(
                batch.images(),
                poses(batch),
                FirstViewFrame.of(truth(batch)),
                step,
                (loss, terms, gradients) -> receiver.receive(terms, gradients));
    }

    @Override
    public NetworkPrediction predict(Batch batch) {
        int scenes = batch.scenes().size();
        int count = scenes * batch.views();
        return engine.run(() -> {
            try (Scope scope = engine.scope()) {
                return download(forward(
                        batch.images(),
                        poses(batch),
                        scenes,
                        count,
                        batch.rows(),
                        batch.columns(),
                        Set.of(),
                        Set.of()));
            }
        });
    }

    private static float[] poses(Batch batch) {
        return batch.posed() ? batch.poseEncodings() : null;
    }

    private static StudentTruth truth(Batch batch) {
        return new StudentTruth(
                batch.scenes().size(),
                batch.views(),
                batch.rows(),
                batch.columns(),
                batch.depth(),
                batch.known(),
                batch.extrinsics(),
                batch.intrinsics());
    }

    /**
     * Runs forward and backward.
     *
     * @param images (images, 3, rows, columns), normalized
     * @param poseEncodings (images, 9) of given cameras, or null
     * @param step step of the run, which determines the weights of auxiliary objectives
     * @param receiver receives the loss and the gradients of its total; its result is returned
     */
    <T> T gradients(float[] images, float[] poseEncodings, StudentTruth truth, long step, LossReceiver<T> receiver) {
        return engine.run(() -> {
            try (Scope scope = engine.scope()) {
                NetworkTensors out = forward(
                        images,
                        poseEncodings,
                        truth.scenes(),
                        truth.images(),
                        truth.rows(),
                        truth.columns(),
                        auxiliary.featureLayers(step),
                        auxiliary.attentionLayers(step));
                NetworkPrediction prediction = download(out);
                StudentLoss loss = objective.evaluate(truth, prediction.prediction());
                Map<String, Double> terms = new LinkedHashMap<>(loss.terms());
                NetworkPrediction cotangents = NetworkPrediction.cotangents(loss.gradients());
                Map<Tensor, float[]> byOutput = new IdentityHashMap<>();
                byOutput.put(out.depth(), cotangents.depth());
                byOutput.put(out.rays(), cotangents.rays());
                byOutput.put(out.camera(), cotangents.camera());
                double more = auxiliary.evaluate(step, engine, truth, out, byOutput, terms);
                terms.put("total", loss.total() + more);
                return receiver.receive(loss, terms, engine.backward(byOutput));
            }
        });
    }

    private NetworkTensors forward(
            float[] images,
            float[] poses,
            int scenes,
            int count,
            int rows,
            int columns,
            Set<Integer> features,
            Set<Integer> attention) {
        Tensor image = engine.upload(images, count, 3, rows, columns);
        Tensor given = poses == null ? null : engine.upload(poses, count, 9);
        return network.tensors(image, given, scenes, OUTPUTS, features, attention);
    }

    private NetworkPrediction download(NetworkTensors out) {
        return new NetworkPrediction(
                out.depth().size(0),
                out.depth().size(1),
                out.depth().size(2),
                out.rays().size(1),
                out.rays().size(2),
                engine.download(out.depth()),
                engine.download(out.rays()),
                engine.download(out.camera()));
    }
}
