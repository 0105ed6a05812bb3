package da3.train.run;

import static org.assertj.core.api.Assertions.assertThat;

import da3.files.TestProcess;
import da3.synthetic.SceneFamily;
import da3.synthetic.shard.ShardRendering;
import da3.train.config.SmallConfig;
import da3.train.config.TrainConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run with a real network and rendered scenes that is killed at any step. */
class KilledRunTest {

    private static final int STEPS = 6;

    @TempDir
    Path folder;

    @Test
    @Timeout(120)
    void aKilledRunOfARealNetworkResumesToTheSameBytes() throws IOException, InterruptedException {
        Path shards = folder.resolve("scenes");
        new ShardRendering(1, 6, 4, SceneFamily.forTraining(), 28, 42, 1).write(shards, done -> {});
        Path whole = folder.resolve("whole");
        Path killed = folder.resolve("killed");
        run(shards, line -> {}).train(whole, false, () -> false);
        kill(shards, killed, 1 + new Random(20).nextInt(STEPS - 1));
        run(shards, line -> {}).train(killed, true, () -> false);
        for (String file : new String[] {"model.safetensors", "ema/model.safetensors", "training/state.safetensors"}) {
            assertThat(killed.resolve("checkpoints/step-000000006").resolve(file))
                    .hasSameBinaryContentAs(
                            whole.resolve("checkpoints/step-000000006").resolve(file));
        }
    }

    private static TrainingRun run(Path shards, Consumer<String> lines) {
        TrainConfig config = SmallConfig.of(
                "model.network.dim=24",
                "phases.0.shards=[" + shards + "]",
                "phases.0.steps=" + STEPS,
                "engine.workers=1",
                "posed_probability=0.5");
        return new TrainingRun(config, lines);
    }

    /** Kills a process as soon as it reports a number of steps, before or while it saves them. */
    private static void kill(Path shards, Path run, int steps) throws IOException, InterruptedException {
        Process process = TestProcess.start(KilledRunTest.class, shards.toString(), run.toString());
        try (BufferedReader out = process.inputReader()) {
            String line = out.readLine();
            while (line != null && !line.startsWith("step " + steps + " of ")) {
                line = out.readLine();
            }
            assertThat(line).as("step " + steps + " of the process").isNotNull();
        } finally {
            process.destroyForcibly(); // SIGKILL
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** The run to be killed. Arguments: shards, folder. Waits before the last step. */
    public static void main(String[] arguments) throws IOException {
        int[] calls = {0};
        run(Path.of(arguments[0]), System.out::println).train(Path.of(arguments[1]), false, () -> {
            if (calls[0]++ == STEPS - 1) {
                sleep();
            }
            return false;
        });
    }

    private static void sleep() {
        try {
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
