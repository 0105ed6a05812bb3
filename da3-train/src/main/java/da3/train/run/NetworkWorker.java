package da3.train.run;

import da3.nn.Network;
import da3.nn.Parameter;
import da3.nn.autograd.AutogradEngine;
import da3.nn.autograd.DifferentiableEngine;
import da3.train.data.Batch;
import da3.train.mode.TrainingMode;
import da3.train.mode.TrainingPass;
import da3.train.model.MasterWeights;
import da3.train.optimizer.ParameterSlot;
import da3.train.worker.GradientWorker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A worker that runs a {@link Network}.
 *
 * @param <P> prediction for a batch
 */
final class NetworkWorker<P> implements GradientWorker<P> {

    private final AutogradEngine engine;
    private final TrainingPass<P> pass;
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
            TrainingMode<P> mode,
            boolean recompute) {
        Set<String> names = Set.copyOf(slots.stream().map(ParameterSlot::name).toList());
        this.engine = new AutogradEngine(engine, names::contains, recompute);
        Network network = Network.forTraining(
                this.engine,
                weights,
                weights.config().mainPath(),
                weights.config().main());
        this.pass = mode.pass(this.engine, network);
        Map<String, Parameter> byName = new LinkedHashMap<>();
        this.engine.trained().forEach(parameter -> byName.put(parameter.name(), parameter));
        slots.forEach(slot -> trained.add(byName.get(slot.name())));
    }

    @Override
    public Gradients gradients(Batch batch, long step) {
        return pass.gradients(batch, step, (terms, gradients) -> {
            List<float[]> values = new ArrayList<>();
            trained.forEach(parameter -> values.add(gradients.values(parameter)));
            return new Gradients(terms, values);
        });
    }

    @Override
    public P predict(Batch batch) {
        return pass.predict(batch);
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
