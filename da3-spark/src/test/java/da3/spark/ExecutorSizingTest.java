package da3.spark;

import static org.assertj.core.api.Assertions.assertThat;

import da3.core.EngineOptions;
import da3.core.InferenceOptions;
import da3.core.InputProcessing;
import da3.core.MemoryEstimate;
import da3.nn.ModelConfig;
import da3.nn.Preset;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecutorSizingTest {

    private static final ModelConfig CONFIG = Preset.of("da3-base").config();

    private static ExecutorSizing sizing(int views) {
        List<InputProcessing.Size> images = Collections.nCopies(views, new InputProcessing.Size(4000, 3000));
        return ExecutorSizing.of(CONFIG, images, InferenceOptions.defaults(), EngineOptions.AUTO, 4);
    }

    @Test
    void memoryOutsideTheHeapIsThatOfASceneAndTheJvm() {
        MemoryEstimate estimate = MemoryEstimate.of(
                CONFIG,
                List.of(new InputProcessing.Size(4000, 3000)),
                InferenceOptions.defaults(),
                0,
                EngineOptions.defaults().withThreads(4));
        assertThat(sizing(1).overheadBytes()).isEqualTo(estimate.total() + (512L << 20));
        assertThat(sizing(1).heapBytes()).isEqualTo((1L << 30) + 2 * (36_000_000 + estimate.results()));
        assertThat(sizing(20).overheadBytes()).isGreaterThan(2 * sizing(1).overheadBytes());
    }

    @Test
    void settingsAreThoseOfSpark() {
        assertThat(new ExecutorSizing(4, (2L << 30) + 1, 3L << 30).settings())
                .containsEntry("spark.executor.cores", "4")
                .containsEntry("spark.task.cpus", "4")
                .containsEntry("spark.executor.memory", "2049m")
                .containsEntry("spark.executor.memoryOverhead", "3072m");
    }
}
