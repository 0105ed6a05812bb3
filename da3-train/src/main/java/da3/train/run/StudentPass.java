package da3.train.run;

import da3.nn.BackboneConfig;
import da3.nn.Network;
import da3.nn.NetworkTensors;
import da3.nn.Output;
import da3.nn.Scope;
import da3.nn.Tensor;
import da3.nn.autograd.AutogradEngine;
import da3.nn.autograd.Gradients;
import da3.train.objective.ContrastiveObjective;
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
final class StudentPass {

    private static final Set<Output> OUTPUTS = EnumSet.of(Output.DEPTH, Output.RAYS, Output.CAMERA);

    private final AutogradEngine engine;
    private final Network network;
    private final StudentObjective objective;
    private final ContrastiveObjective contrastive;
    private final int tokenLayer; // whose tokens the contrastive objective compares

    /** Receives the gradients while they are in the memory of the engine. */
    interface Receiver<T> {

        /**
         * @param loss of the student objective
         * @param terms of all objectives, {@code total} the last
         * @param gradients of the total
         */
        T receive(StudentLoss loss, Map<String, Double> terms, Gradients gradients);
    }

    /**
     * @param network built on {@code engine}
     * @param contrastive a further objective for tokens before views see each other; null for none
     */
    StudentPass(AutogradEngine engine, Network network, StudentObjective objective, ContrastiveObjective contrastive) {
        this.engine = engine;
        this.network = network;
        this.objective = objective;
        this.contrastive = contrastive;
        this.tokenLayer = lastBlockWithinViews(network.config().backbone());
    }

    private static int lastBlockWithinViews(BackboneConfig backbone) {
        int block = 0;
        while (block + 1 < backbone.depth() && !backbone.acrossViews(block + 1)) {
            block++;
        }
        return block;
    }

    /**
     * Runs forward and backward.
     *
     * @param images (images, 3, rows, columns), normalized
     * @param poseEncodings (images, 9) of given cameras, or null
     * @param contrastiveWeight weight of the contrastive objective in the total; 0 to omit it
     * @param receiver receives the loss and the gradients of its total; its result is returned
     */
    <T> T gradients(
            float[] images, float[] poseEncodings, StudentTruth truth, double contrastiveWeight, Receiver<T> receiver) {
        return engine.run(() -> {
            try (Scope scope = engine.scope()) {
                NetworkTensors out = forward(
                        images,
                        poseEncodings,
                        truth.scenes(),
                        truth.images(),
                        truth.rows(),
                        truth.columns(),
                        contrastiveWeight > 0 ? Set.of(tokenLayer) : Set.of());
                NetworkPrediction prediction = download(out);
                StudentLoss loss = objective.evaluate(truth, prediction.prediction());
                Map<String, Double> terms = new LinkedHashMap<>(loss.terms());
                double total = loss.total();
                NetworkPrediction cotangents = NetworkPrediction.cotangents(loss.gradients());
                Map<Tensor, float[]> byOutput = new IdentityHashMap<>();
                byOutput.put(out.depth(), cotangents.depth());
                byOutput.put(out.rays(), cotangents.rays());
                byOutput.put(out.camera(), cotangents.camera());
                if (contrastive != null) {
                    terms.put("contrastive", 0.0); // also after it ended, since all rows of a log have the same columns
                    terms.put("matched", 0.0);
                }
                if (contrastiveWeight > 0) {
                    Tensor tokens = out.features().get(tokenLayer);
                    ContrastiveObjective.Result matching = matching(truth, tokens);
                    byOutput.put(tokens, scaled(matching.gradient(), contrastiveWeight));
                    terms.put("contrastive", matching.loss());
                    terms.put("matched", matching.accuracy());
                    total += contrastiveWeight * matching.loss();
                }
                terms.put("total", total);
                return receiver.receive(loss, terms, engine.backward(byOutput));
            }
        });
    }

    private ContrastiveObjective.Result matching(StudentTruth truth, Tensor tokens) {
        int patch = network.config().backbone().patchSize();
        return contrastive.evaluate(truth, engine.download(tokens), truth.rows() / patch, truth.columns() / patch);
    }

    private static float[] scaled(float[] values, double factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= (float) factor;
        }
        return values;
    }

    /** Runs only the forward pass; the arguments are those of {@link #gradients}. */
    NetworkPrediction predict(float[] images, float[] poseEncodings, int scenes, int count, int rows, int columns) {
        return engine.run(() -> {
            try (Scope scope = engine.scope()) {
                return download(forward(images, poseEncodings, scenes, count, rows, columns, Set.of()));
            }
        });
    }

    private NetworkTensors forward(
            float[] images, float[] poses, int scenes, int count, int rows, int columns, Set<Integer> features) {
        Tensor image = engine.upload(images, count, 3, rows, columns);
        Tensor given = poses == null ? null : engine.upload(poses, count, 9);
        return network.tensors(image, given, scenes, OUTPUTS, features);
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
