package da3.train.run;

import da3.train.checkpoint.BestValidation;
import da3.train.checkpoint.CheckpointFormat;
import da3.train.checkpoint.CheckpointStore;
import da3.train.checkpoint.TrainingState;
import da3.train.config.TrainConfig;
import da3.train.data.Batch;
import da3.train.data.BatchSource;
import da3.train.data.Prefetch;
import da3.train.model.MasterWeights;
import da3.train.optimizer.Ema;
import da3.train.optimizer.GradientClipping;
import da3.train.optimizer.Optimizer;
import da3.train.optimizer.ParameterSlot;
import da3.train.optimizer.Schedule;
import da3.train.report.StepReport;
import da3.train.worker.GradientWorker;
import da3.train.worker.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;

/**
 * The loop of a run: reads batches, computes and clips gradients, updates the weights, and periodically saves and
 * validates.
 *
 * <p>A step whose loss or gradient is not finite changes nothing and is counted. A run ends after
 * {@value #MAX_SKIPPED_IN_A_ROW} of them in a row, since it does not recover.
 */
final class Trainer {

    private static final int MAX_SKIPPED_IN_A_ROW = 50;

    private final TrainConfig config;
    private final MasterWeights weights;
    private final List<ParameterSlot> slots;
    private final Workers<?> workers;
    private final BatchSource batches;
    private final Optimizer optimizer;
    private final Ema ema;
    private final Schedule schedule;
    private final CheckpointStore store;
    private final Map<String, String> fileHashes;
    private final int threads;

    private long step;
    private long skipped;
    private int skippedInARow;
    private BestValidation best;
    private long savedStep = -1;

    /** Receives the progress of a run, and validates it. */
    interface Listener {

        /** Receives the report of a step. */
        void step(StepReport report) throws IOException;

        /**
         * Validates the averaged weights, which are assigned to the workers during the call.
         *
         * @return the cost by which the best checkpoint is chosen (lower is better); empty if nothing was validated
         */
        OptionalDouble validate(long step) throws IOException;

        /** Receives a message. */
        void message(String text);
    }

    /**
     * @param fileHashes SHA-256 of each file that the configuration names and the run has read, by key
     * @param threads number of threads for loops over parameters; 0 for one per processor
     */
    Trainer(
            TrainConfig config,
            MasterWeights weights,
            Workers<?> workers,
            BatchSource batches,
            Optimizer optimizer,
            CheckpointStore store,
            Map<String, String> fileHashes,
            int threads) {
        this.config = config;
        this.weights = weights;
        this.slots = optimizer.slots();
        this.workers = workers;
        this.batches = batches;
        this.optimizer = optimizer;
        this.ema = new Ema(slots, weights.values(slots), config.optimization().emaDecay(), threads);
        this.schedule = config.optimization().schedule().of(config.steps());
        this.store = store;
        this.best = BestValidation.none(config.validation().bestBy());
        this.fileHashes = fileHashes;
        this.threads = threads;
    }

    /**
     * Resumes from a checkpoint.
     *
     * @return what has changed since, {@code configuration} or keys of files with other content; with any, the run
     *     continues, but differs from the original one
     * @throws IOException if it cannot be read, or has other parameters
     */
    List<String> resume(Path checkpoint) throws IOException {
        TrainingState state = CheckpointFormat.read(checkpoint, weights);
        try {
            optimizer.restore(state.optimizer());
            ema.restore(state.ema());
        } catch (IllegalArgumentException e) {
            throw new IOException(checkpoint + " does not belong to this configuration: " + e.getMessage(), e);
        }
        step = state.step();
        skipped = state.skipped();
        if (state.best().metric() == best.metric()) { // costs of different metrics do not compare
            best = state.best();
        }
        savedStep = step;
        List<String> changed = new ArrayList<>();
        if (!state.configHash().equals(config.hash())) {
            changed.add("configuration");
        }
        state.fileHashes().forEach((key, hash) -> {
            if (!hash.equals(fileHashes.getOrDefault(key, hash))) {
                changed.add(key);
            }
        });
        return changed;
    }

    /** Returns the number of steps taken. */
    long step() {
        return step;
    }

    /**
     * Runs until the last step, until validations no longer improve, or until a stop is requested; saves at the end.
     *
     * @throws DivergenceException if the loss or its gradient was not finite in many steps in a row
     * @throws IOException if data cannot be read, or the last checkpoint cannot be written
     */
    void run(Listener listener, BooleanSupplier stop) throws IOException {
        workers.assign(weights.values(slots));
        long saved = System.nanoTime();
        try (Prefetch prefetch = new Prefetch(batches, step, config.steps())) {
            while (step < config.steps() && !isExhausted() && !stop.getAsBoolean()) {
                listener.step(step(prefetch.next()));
                requireProgress();
                boolean better = step % config.validation().steps() == 0 && validate(listener);
                double minutes = (System.nanoTime() - saved) / 60e9;
                if (better || minutes >= config.checkpoints().minutes()) {
                    trySave(better, listener);
                    saved = System.nanoTime();
                }
            }
        } catch (DivergenceException e) {
            throw e; // without saving, so that checkpoints from before are kept
        } catch (IOException | RuntimeException e) {
            trySave(false, listener); // keeps the progress before the read error
            throw e;
        }
        if (savedStep != step) {
            save(false);
        }
        if (isExhausted()) {
            listener.message("stopped at step " + step + ": " + best.described());
        }
    }

    private void requireProgress() throws IOException {
        if (skippedInARow == MAX_SKIPPED_IN_A_ROW) {
            throw new DivergenceException(step, skippedInARow, store.latest());
        }
    }

    private boolean isExhausted() {
        return best.exhausts(config.validation().patience());
    }

    private StepReport step(List<Batch> split) {
        long start = System.nanoTime();
        GradientWorker.Gradients result = workers.gradients(split, step);
        double factor = schedule.factor(step);
        double norm = Double.NaN;
        boolean finite = Double.isFinite(result.terms().get("total"));
        if (finite) {
            double most =
                    config.optimization().clip() > 0 ? config.optimization().clip() : Double.MAX_VALUE;
            norm = GradientClipping.clip(result.gradients(), most, threads);
            finite = Double.isFinite(norm);
        }
        if (finite) {
            List<float[]> values = weights.values(slots);
            optimizer.step(values, result.gradients(), factor);
            ema.update(values);
            workers.assign(values);
            skippedInARow = 0;
        } else {
            skipped++;
            skippedInARow++;
        }
        step++;
        int scenes = split.stream().mapToInt(batch -> batch.scenes().size()).sum();
        double seconds = (System.nanoTime() - start) / 1e9;
        return new StepReport(step, result.terms(), norm, factor, scenes / seconds, skipped);
    }

    /** Returns whether the averaged weights are the best so far. */
    private boolean validate(Listener listener) throws IOException {
        workers.assign(ema.averages());
        OptionalDouble cost = listener.validate(step);
        workers.assign(weights.values(slots));
        if (cost.isEmpty()) {
            return false;
        }
        best = best.after(cost.getAsDouble());
        return best.since() == 0;
    }

    /** Does not end the run if the disk is full, since the next checkpoint may succeed. */
    private void trySave(boolean better, Listener listener) {
        try {
            if (savedStep != step) {
                save(better);
            }
        } catch (IOException e) {
            listener.message(e.getMessage());
        }
    }

    private void save(boolean better) throws IOException {
        TrainingState state =
                new TrainingState(step, skipped, best, config.hash(), fileHashes, optimizer.state(), ema.state());
        store.save(
                step,
                better,
                folder -> CheckpointFormat.write(folder, weights, slots, ema.averages(), state, config.toYaml()));
        savedStep = step;
    }
}
