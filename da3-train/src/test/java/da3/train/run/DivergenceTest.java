package da3.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import da3.train.checkpoint.CheckpointStore;
import da3.train.config.SmallConfig;
import da3.train.config.TrainConfig;
import da3.train.data.Batch;
import da3.train.model.MasterWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DivergenceTest {

    @TempDir
    Path folder;

    private final TrainConfig config = SmallConfig.of("phases.0.steps=200", "checkpoints.minutes=1000");

    /** Runs with losses that are not finite in some steps, from the newest checkpoint if there is one. */
    private SmallRun.RecordingListener run(int steps, long firstNaN, long lastNaN) throws IOException {
        CheckpointStore store = new CheckpointStore(folder, 10);
        MasterWeights weights = MasterWeights.of(config.model(), config.seed());
        Trainer trainer = SmallRun.withWorkers(config, weights, store, () -> new SmallRun.StandIn() {
            @Override
            public Gradients gradients(Batch batch, long step) {
                Gradients usual = super.gradients(batch, step);
                return step < firstNaN || step > lastNaN
                        ? usual
                        : new Gradients(Map.of("total", Double.NaN), usual.gradients());
            }
        });
        if (store.latest().isPresent()) {
            trainer.resume(store.latest().get());
        }
        SmallRun.RecordingListener listener = new SmallRun.RecordingListener();
        trainer.run(listener, () -> listener.steps.size() == steps);
        return listener;
    }

    @Test
    void aRunWithoutAFiniteLossEndsAndKeepsTheCheckpointFromBefore() throws IOException {
        run(3, 1000, 1000);
        Path before = folder.resolve("latest").toRealPath();
        assertThatExceptionOfType(DivergenceException.class)
                .isThrownBy(() -> run(1000, 3, 1000))
                .withMessage(
                        "the loss or its gradient was not finite in 50 steps in a row, up to step 53. Lower learning"
                                + " rates or a longer warm-up may help; the newest checkpoint is " + before);
        assertThat(folder.resolve("latest").toRealPath()).isEqualTo(before);
    }

    @Test
    void aFewStepsWithoutAFiniteLossAreSkipped() throws IOException {
        SmallRun.RecordingListener listener = run(60, 3, 51);
        assertThat(listener.steps).hasSize(60);
        assertThat(listener.steps.get(59).skipped()).isEqualTo(49);
    }
}
