package da3.train.run;

import da3.core.ProcessMemory;
import da3.train.checkpoint.CheckpointStore;
import da3.train.checkpoint.RunFolder;
import da3.train.config.PhaseSettings;
import da3.train.config.TrainConfig;
import da3.train.data.BatchShape;
import da3.train.data.BatchSource;
import da3.train.data.TrainingScene;
import da3.train.lora.BaseModel;
import da3.train.mode.TrainingMode;
import da3.train.mode.Validation;
import da3.train.model.MasterWeights;
import da3.train.optimizer.ParameterSlot;
import da3.train.worker.Workers;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Runs the training of a configuration. */
public final class TrainingRun {

    private static final int SCENES_CHECKED = 64;

    /**
     * Values on the host per trained value: itself, the gradient of a worker, the sum of gradients, the average, and
     * two of Adam.
     */
    private static final int HOST_COPIES = 6;

    private final TrainConfig config;
    private final Consumer<String> lines;

    /** @param lines receives lines of progress */
    public TrainingRun(TrainConfig config, Consumer<String> lines) {
        this.config = config;
        this.lines = lines;
    }

    /**
     * Trains to the end or until a stop is requested; the last state is saved in both cases.
     *
     * @param folder folder for checkpoints and reports
     * @param resume whether to resume from the newest checkpoint, if there is one
     * @param stop checked between steps
     * @throws DivergenceException if the loss or its gradient was not finite in many steps in a row
     * @throws FileAlreadyExistsException if there are checkpoints and the run is not resumed
     * @throws IOException if data cannot be read or the last checkpoint cannot be written
     */
    public void train(Path folder, boolean resume, BooleanSupplier stop) throws IOException {
        CheckpointStore store = new CheckpointStore(
                new RunFolder(folder).checkpoints(), config.checkpoints().keep());
        Optional<Path> latest = store.latest();
        if (latest.isPresent() && !resume) {
            throw new FileAlreadyExistsException(
                    latest.get().toString(), null, "is the checkpoint of a run, which --resume auto continues");
        }
        MasterWeights weights = MasterWeights.of(config.model(), config.seed());
        train(folder, store, latest, stop, weights, TrainingModes.of(config, weights.config()));
    }

    private <P> void train(
            Path folder,
            CheckpointStore store,
            Optional<Path> latest,
            BooleanSupplier stop,
            MasterWeights weights,
            TrainingMode<P> mode)
            throws IOException {
        try (RunData data = RunData.open(config, lines);
                TrainingResources<P> machine = TrainingResources.start(config, weights, mode)) {
            Trainer trainer = new Trainer(
                    config,
                    weights,
                    machine.workers(),
                    data.batches(),
                    machine.optimizer(),
                    store,
                    mode.fileHashes(),
                    machine.threads());
            Optional<Supplier<Validation.Result>> validation = validation(data, mode, machine.workers());
            Map<String, Double> base = base(weights, validation);
            if (latest.isPresent()) {
                List<String> changed = trainer.resume(latest.get());
                lines.accept("resumed from " + latest.get()
                        + (changed.isEmpty()
                                ? ""
                                : ", whose " + String.join(" and ", changed)
                                        + " differs: the results are not those of one run"));
            }
            try (RunReport report = new RunReport(folder, config, validation, base, trainer.step(), lines)) {
                trainer.run(report, stop);
            }
            lines.accept(
                    "saved step " + trainer.step() + " to " + store.latest().orElseThrow());
        }
    }

    private <P> Optional<Supplier<Validation.Result>> validation(RunData data, TrainingMode<P> mode, Workers<P> workers)
            throws IOException {
        List<TrainingScene> scenes = data.validationScenes();
        if (scenes.isEmpty()) {
            return Optional.empty();
        }
        Validation<P> validation = mode.validation(scenes, config.validation().pictures());
        return Optional.of(() -> validation.measure(workers));
    }

    /** Measures the model that is fine-tuned, before a checkpoint is read; empty for new weights. */
    private Map<String, Double> base(MasterWeights weights, Optional<Supplier<Validation.Result>> validation) {
        if (weights.base().isEmpty()) {
            return Map.of();
        }
        BaseModel base = weights.base().get();
        lines.accept("fine-tuning " + base.name() + ", whose license applies to the result: "
                + base.license().orElse("not known"));
        return validation.map(v -> v.get().metrics()).orElse(Map.of());
    }

    /**
     * Describes the run, checks the data, and takes one step without writing anything.
     *
     * @throws IOException if data cannot be read or does not match the configuration
     */
    public void dryRun() throws IOException {
        lines.accept(config.toYaml());
        MasterWeights weights = MasterWeights.of(config.model(), config.seed());
        List<ParameterSlot> slots = weights.trained(config.optimization()::trains);
        long trained = slots.stream().mapToLong(ParameterSlot::size).sum();
        lines.accept("parameters: " + trained + " trained, " + (weights.count() - trained) + " frozen");
        try (RunData data = RunData.open(config, lines)) {
            lines.accept("data: checked " + data.check(SCENES_CHECKED) + " scenes");
            data.validationScenes();
            BatchSource batches = data.batches();
            long first = 0;
            for (PhaseSettings phase : config.phases()) {
                reportShape(batches.shape(first), first);
                first += phase.phase().steps();
            }
            lines.accept(String.format(
                    Locale.ROOT,
                    "memory on the host: about %.0f MB for weights, gradients and optimizers, and %.0f MB for the "
                            + "engines' weights",
                    Float.BYTES * (weights.count() + (HOST_COPIES - 1.0) * trained) / 1e6,
                    Float.BYTES * (double) weights.count() * config.engine().workers() / 1e6));
            oneStep(weights, batches);
        }
    }

    private void reportShape(BatchShape shape, long step) {
        lines.accept("step " + step + ": " + shape.scenes() + " scenes of " + shape.views() + " views of "
                + shape.rows() + "x" + shape.columns() + ", " + shape.tokens() + " tokens");
    }

    private void oneStep(MasterWeights weights, BatchSource batches) throws IOException {
        TrainingMode<?> mode = TrainingModes.of(config, weights.config());
        try (TrainingResources<?> machine = TrainingResources.start(config, weights, mode)) {
            long start = System.nanoTime();
            double loss =
                    machine.workers().gradients(batches.read(0), 0).terms().get("total");
            lines.accept(String.format(
                    Locale.ROOT,
                    "first step: loss %.4f after %.1f s, with memory of %s",
                    loss,
                    (System.nanoTime() - start) / 1e9,
                    peakMemory()));
        }
    }

    private static String peakMemory() {
        OptionalLong peak = ProcessMemory.peak();
        return peak.isPresent() ? peak.getAsLong() / 1024 / 1000 + " MB at its peak" : "an unknown size";
    }
}
