package da3.train.run;

import da3.train.checkpoint.CheckpointStore;
import da3.train.config.SmallConfig;
import da3.train.config.TrainConfig;
import da3.train.data.Batch;
import da3.train.data.BatchSource;
import da3.train.data.BatchSource.PhaseData;
import da3.train.data.PlaneScenes;
import da3.train.model.MasterWeights;
import da3.train.objective.NetworkPrediction;
import da3.train.optimizer.HostMatrixProduct;
import da3.train.optimizer.ParameterSlot;
import da3.train.report.StepReport;
import da3.train.worker.GradientWorker;
import da3.train.worker.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/** Runs of the network of {@link SmallConfig} on scenes of a plane. */
final class SmallRun {

    private SmallRun() {}

    static BatchSource batches(TrainConfig config) {
        PlaneScenes scenes = new PlaneScenes(10, 3, 28, 42);
        List<PhaseData> phases = config.phases().stream()
                .map(phase -> new PhaseData(phase.phase(), scenes))
                .toList();
        return new BatchSource(
                phases, config.augmentation(), config.seed(), config.batches(), config.posedProbability(), false);
    }

    /** Returns a trainer with stand-ins for networks, which are fast and reproducible. */
    static Trainer withoutNetwork(TrainConfig config, MasterWeights weights, CheckpointStore store) {
        return withWorkers(config, weights, store, StandIn::new);
    }

    /** Returns a trainer with other workers. */
    static Trainer withWorkers(
            TrainConfig config, MasterWeights weights, CheckpointStore store, Supplier<StandIn> worker) {
        List<ParameterSlot> slots = weights.trained(config.optimization()::trains);
        List<GradientWorker<NetworkPrediction>> workers = new ArrayList<>();
        for (int i = 0; i < config.engine().workers(); i++) {
            workers.add(worker.get());
        }
        return new Trainer(
                config,
                weights,
                new Workers<>(workers),
                batches(config),
                Optimizers.of(config.optimization(), slots, new HostMatrixProduct(1), 1),
                store,
                Map.of(),
                1);
    }

    /** A worker whose gradients are the weights plus noise that depends on the images of the batch. */
    static class StandIn implements GradientWorker<NetworkPrediction> {

        private List<float[]> values;

        @Override
        public Gradients gradients(Batch batch, long step) {
            float[] images = batch.images();
            List<float[]> gradients = new ArrayList<>();
            for (float[] tensor : values) {
                float[] gradient = tensor.clone();
                for (int i = 0; i < gradient.length; i++) {
                    gradient[i] += 0.1f * images[i % images.length];
                }
                gradients.add(gradient);
            }
            return new Gradients(Map.of("total", (double) images[0]), gradients);
        }

        @Override
        public NetworkPrediction predict(Batch batch) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void assign(List<float[]> values) {
            this.values = values;
        }

        @Override
        public void close() {}
    }

    /** Records messages, and validates nothing. */
    static class RecordingListener implements Trainer.Listener {

        final List<StepReport> steps = new ArrayList<>();
        final List<String> messages = new ArrayList<>();

        @Override
        public void step(StepReport report) {
            steps.add(report);
        }

        @Override
        public OptionalDouble validate(long step) {
            return OptionalDouble.empty();
        }

        @Override
        public void message(String text) {
            messages.add(text);
        }
    }

    /** Trains in a separate process that a test kills. Arguments: folder, number of steps. */
    public static void main(String[] arguments) throws IOException {
        TrainConfig config = SmallConfig.of("phases.0.steps=" + arguments[1]);
        CheckpointStore store = new CheckpointStore(Path.of(arguments[0]), 2);
        MasterWeights weights = MasterWeights.of(config.model(), config.seed());
        Trainer trainer = withoutNetwork(config, weights, store);
        System.out.println("started");
        trainer.run(new RecordingListener(), () -> false);
    }
}
