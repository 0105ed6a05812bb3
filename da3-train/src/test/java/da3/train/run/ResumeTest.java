package da3.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.files.TestProcess;
import da3.train.checkpoint.CheckpointStore;
import da3.train.config.SmallConfig;
import da3.train.config.TrainConfig;
import da3.train.data.Batch;
import da3.train.model.MasterWeights;
import da3.train.objective.NetworkPrediction;
import da3.train.optimizer.HostMatrixProduct;
import da3.train.worker.GradientWorker;
import da3.train.worker.Workers;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ResumeTest {

    @TempDir
    Path folder;

    @Test
    void aResumedRunEndsInTheSameBytes() throws IOException {
        TrainConfig config = SmallConfig.of();
        run(config, folder.resolve("whole"), 100);
        run(config, folder.resolve("parts"), 2);
        run(config, folder.resolve("parts"), 1);
        run(config, folder.resolve("parts"), 100);
        requireSame(folder.resolve("parts/step-000000006"), folder.resolve("whole/step-000000006"));
    }

    @Test
    void aRunStoppedBeforeItsFirstStepSavesTheInitialWeightsAsAverages() throws IOException {
        TrainConfig config = SmallConfig.of();
        run(config, folder.resolve("whole"), 100);
        run(config, folder.resolve("parts"), 0);
        Path first = folder.resolve("parts/step-000000000");
        assertThat(first.resolve("ema/model.safetensors")).hasSameBinaryContentAs(first.resolve("model.safetensors"));
        run(config, folder.resolve("parts"), 100);
        requireSame(folder.resolve("parts/step-000000006"), folder.resolve("whole/step-000000006"));
    }

    @Test
    @Timeout(120)
    void aKilledRunResumesToTheSameBytes() throws IOException, InterruptedException {
        int steps = 60;
        TrainConfig config = SmallConfig.of("phases.0.steps=" + steps);
        run(config, folder.resolve("whole"), steps);
        Path killed = folder.resolve("killed");
        Process process = TestProcess.start(SmallRun.class, killed.toString(), String.valueOf(steps));
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("started");
            CheckpointStore store = new CheckpointStore(killed, 2);
            while (store.latest().isEmpty()) {
                assertThat(process.isAlive()).isTrue();
                Thread.sleep(5);
            }
            Thread.sleep(100);
        } finally {
            assertThat(process.isAlive()).isTrue(); // it has not finished
            process.destroyForcibly(); // SIGKILL
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        run(config, killed, steps);
        String last = "step-%09d".formatted(steps);
        requireSame(killed.resolve(last), folder.resolve("whole").resolve(last));
    }

    @Test
    void rejectsACheckpointOfAnotherNetwork() throws IOException {
        run(SmallConfig.of(), folder, 1);
        TrainConfig other = SmallConfig.of("model.network.features=16");
        assertThatThrownBy(() -> run(other, folder, 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("model.safetensors must have a tensor ")
                .hasMessageContaining(" of shape ");
    }

    @Test
    void aStepWithoutFiniteLossIsSkippedAndCounted() throws IOException {
        TrainConfig config = SmallConfig.of();
        MasterWeights weights = MasterWeights.of(config.model(), config.seed());
        float[] before = weights.values("model.cam_dec.fc_t.weight").clone();
        Trainer trainer = new Trainer(
                config,
                weights,
                new Workers<>(List.<GradientWorker<NetworkPrediction>>of(new SmallRun.StandIn() {
                    @Override
                    public Gradients gradients(Batch batch, long step) {
                        return new Gradients(
                                Map.of("total", Double.NaN),
                                super.gradients(batch, step).gradients());
                    }
                })),
                SmallRun.batches(config),
                Optimizers.of(
                        config.optimization(),
                        weights.trained(config.optimization()::trains),
                        new HostMatrixProduct(1),
                        1),
                new CheckpointStore(folder, 1),
                Map.of(),
                1);
        SmallRun.RecordingListener listener = new SmallRun.RecordingListener();
        trainer.run(listener, () -> listener.steps.size() == 2);
        assertThat(listener.steps.get(1).skipped()).isEqualTo(2);
        assertThat(weights.values("model.cam_dec.fc_t.weight")).isEqualTo(before);
    }

    /** Runs some steps, from the newest checkpoint if there is one. */
    private static void run(TrainConfig config, Path folder, int steps) throws IOException {
        CheckpointStore store = new CheckpointStore(folder, 2);
        MasterWeights weights = MasterWeights.of(config.model(), config.seed());
        Trainer trainer = SmallRun.withoutNetwork(config, weights, store);
        if (store.latest().isPresent()) {
            assertThat(trainer.resume(store.latest().get())).isEmpty();
        }
        SmallRun.RecordingListener listener = new SmallRun.RecordingListener();
        trainer.run(listener, () -> listener.steps.size() == steps);
    }

    private static void requireSame(Path folder, Path expected) throws IOException {
        Map<String, byte[]> files = files(folder);
        assertThat(files.keySet()).isEqualTo(files(expected).keySet());
        for (Map.Entry<String, byte[]> file : files(expected).entrySet()) {
            assertThat(Arrays.equals(files.get(file.getKey()), file.getValue()))
                    .as(file.getKey())
                    .isTrue();
        }
    }

    private static Map<String, byte[]> files(Path folder) throws IOException {
        Map<String, byte[]> bytes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes.put(folder.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        assertThat(bytes).containsKeys("model.safetensors", "ema/model.safetensors", "training/state.safetensors");
        return bytes;
    }
}
