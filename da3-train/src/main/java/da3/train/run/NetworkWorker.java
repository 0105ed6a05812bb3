package da3.train.run;

import da3.nn.Network;
import da3.nn.Parameter;
import da3.nn.autograd.AutogradEngine;
import da3.nn.autograd.DifferentiableEngine;
import da3.train.data.Batch;
import da3.train.objective.FirstViewFrame;
import da3.train.objective.NetworkPrediction;
import da3.train.objective.StudentObjective;
import da3.train.objective.StudentTruth;
import da3.train.optimizer.ParameterSlot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A worker that runs a {@link Network}. */
final class NetworkWorker implements GradientWorker {

    private final AutogradEngine engine;
    private final StudentPass pass;
    private final List<Parameter> trained = new ArrayList<>(); // in the order of the slots

    /**
     * Builds the network; its weights are read when it runs for the first time.
     *
     * @param engine closed with this worker
     * @param slots the parameters to train
     * @param recompute whether the backward pass recomputes blocks
     */
    NetworkWorker(
            DifferentiableEngine engine,
            MasterWeights weights,
            List<ParameterSlot> slots,
            StudentObjective objective,
            ContrastiveSettings contrastive,
            AttentionSettings attention,
            boolean recompute) {
        Set<String> names = Set.copyOf(slots.stream().map(ParameterSlot::name).toList());
        this.engine = new AutogradEngine(engine, names::contains, recompute);
        Network network = new Network(
                this.engine,
                weights,
                weights.config().mainPath(),
                weights.config().main());
        this.pass = new StudentPass(
                this.engine,
                network,
                objective,
                new AuxiliaryObjectives(network.config().backbone(), contrastive, attention));
        Map<String, Parameter> byName = new LinkedHashMap<>();
        this.engine.trained().forEach(parameter -> byName.put(parameter.name(), parameter));
        slots.forEach(slot -> trained.add(byName.get(slot.name())));
    }

    @Override
    public Gradients gradients(Batch batch, long step) {
        StudentTruth truth = FirstViewFrame.of(truth(batch));
        StudentPass.Receiver<Gradients> download = (loss, terms, gradients) -> {
            List<float[]> values = new ArrayList<>();
            trained.forEach(parameter -> values.add(gradients.values(parameter)));
            return new Gradients(terms, values);
        };
        return pass.gradients(batch.images(), poses(batch), truth, step, download);
    }

    @Override
    public NetworkPrediction predict(Batch batch) {
        int scenes = batch.scenes().size();
        return pass.predict(
                batch.images(), poses(batch), scenes, scenes * batch.views(), batch.rows(), batch.columns());
    }

    private static float[] poses(Batch batch) {
        return batch.posed() ? batch.poseEncodings() : null;
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
