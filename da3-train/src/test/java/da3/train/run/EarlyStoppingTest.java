package da3.train.run;

import static org.assertj.core.api.Assertions.assertThat;

import da3.train.checkpoint.BestValidation;
import da3.train.checkpoint.CheckpointStore;
import da3.train.config.SmallConfig;
import da3.train.config.TrainConfig;
import da3.train.config.ValidationMetric;
import da3.train.model.MasterWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlyStoppingTest {

    /** Two costs that are not better follow the second one, which ends a run with a patience of 2. */
    private static final double[] COSTS = {5, 3, 4, Double.NaN, 2, 1};

    @TempDir
    Path folder;

    private static TrainConfig config(String... more) {
        String[] overrides = new String[more.length + 3];
        overrides[0] = "validation.shards=[none]";
        overrides[1] = "validation.steps=1";
        overrides[2] = "validation.patience=2";
        System.arraycopy(more, 0, overrides, 3, more.length);
        return SmallConfig.of(overrides);
    }

    /** Runs some steps, from the newest checkpoint if there is one, and validates after each. */
    private static SmallRun.RecordingListener run(TrainConfig config, Path folder, int steps) throws IOException {
        CheckpointStore store = new CheckpointStore(folder, 10);
        MasterWeights weights = MasterWeights.of(config.model(), config.seed());
        Trainer trainer = SmallRun.withoutNetwork(config, weights, store);
        if (store.latest().isPresent()) {
            trainer.resume(store.latest().get());
        }
        SmallRun.RecordingListener listener = new SmallRun.RecordingListener() {
            @Override
            public OptionalDouble validate(long step) {
                return OptionalDouble.of(COSTS[(int) step - 1]);
            }
        };
        trainer.run(listener, () -> listener.steps.size() == steps);
        return listener;
    }

    @Test
    void aRunEndsWhenValidationsNoLongerImprove() throws IOException {
        SmallRun.RecordingListener listener = run(config(), folder, 100);
        assertThat(listener.steps).hasSize(4);
        assertThat(listener.messages)
                .containsExactly("stopped at step 4: abs_rel did not improve on 3.000 in the last 2 validations");
        assertThat(folder.resolve("latest").toRealPath()).hasFileName("step-000000004");
        assertThat(folder.resolve("best").toRealPath()).hasFileName("step-000000002");
    }

    @Test
    void validationsBeforeAnInterruptionCount() throws IOException {
        run(config(), folder.resolve("whole"), 100);
        Path parts = folder.resolve("parts");
        assertThat(run(config(), parts, 3).messages).isEmpty();
        assertThat(run(config(), parts, 100).steps).hasSize(1);
        for (String file : new String[] {"model.safetensors", "training/state.safetensors", "training/state.json"}) {
            assertThat(parts.resolve("latest").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("whole/latest").resolve(file));
        }
        SmallRun.RecordingListener again = run(config(), parts, 100);
        assertThat(again.steps).isEmpty();
        assertThat(again.messages).hasSize(1);
        assertThat(run(config("validation.patience=3"), parts, 100).steps).hasSize(2);
        assertThat(parts.resolve("best").toRealPath()).hasFileName("step-000000006");
    }

    @Test
    void costsOfAnotherMetricAreNotCompared() throws IOException {
        run(config(), folder, 3);
        assertThat(run(config("validation.best_by=delta1"), folder, 100).steps).hasSize(3); // the first cost is NaN
        assertThat(folder.resolve("best").toRealPath()).hasFileName("step-000000006");
    }

    @Test
    void withoutPatienceARunContinues() throws IOException {
        assertThat(run(config("validation.patience=0"), folder, 100).steps).hasSize(6);
        assertThat(Files.readString(folder.resolve("latest/training/state.json")))
                .contains("\"best\" : \"1.0\"", "\"best_by\" : \"abs_rel\"", "\"since_best\" : 0");
    }

    @Test
    void someMetricsAreBetterWhenHigher() {
        Map<String, Double> metrics = Map.of("abs_rel", 0.2, "delta1", 0.9);
        assertThat(ValidationMetric.ABS_REL.cost(metrics)).isEqualTo(0.2);
        assertThat(ValidationMetric.DELTA1.cost(metrics)).isEqualTo(-0.9);
        BestValidation best =
                BestValidation.none(ValidationMetric.DELTA1).after(-0.9).after(-0.8);
        assertThat(best.described()).isEqualTo("delta1 did not improve on 0.9000 in the last validation");
    }
}
