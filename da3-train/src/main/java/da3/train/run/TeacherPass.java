package da3.train.run;

import da3.nn.Network;
import da3.nn.NetworkTensors;
import da3.nn.Output;
import da3.nn.Scope;
import da3.nn.Tensor;
import da3.nn.autograd.AutogradEngine;
import da3.train.data.Batch;
import da3.train.data.RandomStreams;
import da3.train.objective.PatchAnchors;
import da3.train.objective.TeacherLoss;
import da3.train.objective.TeacherObjective;
import da3.train.objective.TeacherOptions;
import da3.train.objective.TeacherPrediction;
import da3.train.objective.TeacherTruth;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * The forward pass of a monocular network, the teacher's objective, and the backward pass. Every image is a scene of its
 * own. Pixels without depth are sky; where objects are is unknown.
 */
final class TeacherPass implements TrainingPass<TeacherPrediction> {

    private final AutogradEngine engine;
    private final Network network;
    private final TeacherObjective objective;
    private final TeacherOptions options;
    private final long seed;

    /**
     * @param network built on {@code engine} for training, so that its masks are not clipped
     * @param objective with the same options
     * @param seed seed of the patches
     * @throws IllegalArgumentException if the network does not predict a sky mask
     */
    TeacherPass(AutogradEngine engine, Network network, TeacherObjective objective, TeacherOptions options, long seed) {
        if (!network.config().head().kind().hasSky()) {
            throw new IllegalArgumentException("the network must predict depth and sky, got "
                    + network.config().head().kind());
        }
        this.engine = engine;
        this.network = network;
        this.objective = objective;
        this.options = options;
        this.seed = seed;
    }

    @Override
    public <T> T gradients(Batch batch, long step, Receiver<T> receiver) {
        TeacherTruth truth = truth(batch);
        Random random = new Random(RandomStreams.of(RandomStreams.Purpose.ANCHORS, seed, step, 0).nextLong());
        List<PatchAnchors> anchors = PatchAnchors.draw(truth, options.levels(), random);
        return engine.run(() -> {
            try (Scope scope = engine.scope()) {
                NetworkTensors out = forward(batch);
                TeacherLoss loss = objective.evaluate(truth, download(out), anchors);
                Map<Tensor, float[]> byOutput = new IdentityHashMap<>();
                byOutput.put(out.depth(), loss.gradients().depth());
                byOutput.put(out.sky(), loss.gradients().sky());
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
                new float[depth.length]);
    }

    private static TeacherTruth truth(Batch batch) {
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
                null);
    }
}
