package da3.train.run;

import da3.nn.Network;
import da3.nn.NetworkTensors;
import da3.nn.Output;
import da3.nn.Parameter;
import da3.nn.Scope;
import da3.nn.Tensor;
import da3.nn.autograd.AutogradEngine;
import da3.nn.autograd.DifferentiableEngine;
import da3.train.data.Batch;
import da3.train.objective.FirstViewFrame;
import da3.train.objective.NetworkPrediction;
import da3.train.objective.StudentLoss;
import da3.train.objective.StudentObjective;
import da3.train.objective.StudentTruth;
import da3.train.optimizer.ParameterSlot;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A worker that runs a {@link Network}. */
final class NetworkWorker implements GradientWorker {

    private static final Set<Output> OUTPUTS = EnumSet.of(Output.DEPTH, Output.RAYS, Output.CAMERA);

    private final AutogradEngine engine;
    private final Network network;
    private final StudentObjective objective;
    private final List<Parameter> trained = new ArrayList<>(); // in the order of the slots

    /**
     * Builds the network; its weights are read when it first runs.
     *
     * @param engine closed with this worker
     * @param slots the parameters to train
     * @param recompute whether blocks are computed anew in the backward pass
     */
    NetworkWorker(
            DifferentiableEngine engine,
            MasterWeights weights,
            List<ParameterSlot> slots,
            StudentObjective objective,
            boolean recompute) {
        Set<String> names = Set.copyOf(slots.stream().map(ParameterSlot::name).toList());
        this.engine = new AutogradEngine(engine, names::contains, recompute);
        this.objective = objective;
        this.network = new Network(
                this.engine,
                weights,
                weights.config().mainPath(),
                weights.config().main());
        Map<String, Parameter> byName = new LinkedHashMap<>();
        this.engine.trained().forEach(parameter -> byName.put(parameter.name(), parameter));
        slots.forEach(slot -> trained.add(byName.get(slot.name())));
    }

    @Override
    public Gradients gradients(Batch batch) {
        float[] images = batch.images();
        StudentTruth truth = FirstViewFrame.of(truth(batch));
        return engine.run(() -> {
            try (Scope scope = engine.scope()) {
                NetworkTensors out = forward(batch, images);
                StudentLoss loss =
                        objective.evaluate(truth, download(batch, out).prediction());
                NetworkPrediction cotangents = NetworkPrediction.cotangents(loss.gradients());
                Map<Tensor, float[]> byOutput = new IdentityHashMap<>();
                byOutput.put(out.depth(), cotangents.depth());
                byOutput.put(out.rays(), cotangents.rays());
                byOutput.put(out.camera(), cotangents.camera());
                da3.nn.autograd.Gradients gradients = engine.backward(byOutput);
                List<float[]> values = new ArrayList<>();
                trained.forEach(parameter -> values.add(gradients.values(parameter)));
                Map<String, Double> terms = new LinkedHashMap<>(loss.terms());
                terms.put("total", loss.total());
                return new Gradients(terms, values);
            }
        });
    }

    @Override
    public NetworkPrediction predict(Batch batch) {
        float[] images = batch.images();
        return engine.run(() -> {
            try (Scope scope = engine.scope()) {
                return download(batch, forward(batch, images));
            }
        });
    }

    private NetworkTensors forward(Batch batch, float[] images) {
        int views = batch.scenes().size() * batch.views();
        Tensor image = engine.upload(images, views, 3, batch.rows(), batch.columns());
        Tensor poses = batch.posed() ? engine.upload(batch.poseEncodings(), views, 9) : null;
        return network.tensors(image, poses, batch.scenes().size(), OUTPUTS);
    }

    private NetworkPrediction download(Batch batch, NetworkTensors out) {
        return new NetworkPrediction(
                out.depth().size(0),
                batch.rows(),
                batch.columns(),
                out.rays().size(1),
                out.rays().size(2),
                engine.download(out.depth()),
                engine.download(out.rays()),
                engine.download(out.camera()));
    }

    private static StudentTruth truth(Batch batch) {
        float[] depth = batch.depth();
        boolean[] mask = new boolean[depth.length];
        for (int i = 0; i < depth.length; i++) {
            mask[i] = depth[i] > 0;
        }
        return new StudentTruth(
                batch.scenes().size(),
                batch.views(),
                batch.rows(),
                batch.columns(),
                depth,
                mask,
                batch.extrinsics(),
                batch.intrinsics());
    }

    @Override
    public void assign(List<float[]> values) {
        engine.run(() -> {
            for (int i = 0; i < trained.size(); i++) {
                engine.engine().assign(trained.get(i), values.get(i));
            }
            return null;
        });
    }

    /** Returns the engine that computes, for products of matrices. */
    DifferentiableEngine engine() {
        return engine.engine();
    }

    @Override
    public void close() {
        engine.close();
    }
}
