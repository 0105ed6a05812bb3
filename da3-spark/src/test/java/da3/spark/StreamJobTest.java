package da3.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import da3.core.EngineOptions;
import da3.core.InferenceOptions;
import da3.streaming.StreamingListener;
import da3.streaming.StreamingMap;
import da3.streaming.StreamingOptions;
import da3.streaming.WindowPredictor;
import da3.streaming.frame.FrameSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamJobTest {

    private static final ModelSettings MODEL =
            ModelSettings.of("da3-tiny").withEngine(EngineOptions.defaults().withThreads(1));

    @TempDir
    private Path folder;

    private static StreamJob.Sequence sequence(String frames) {
        InferenceOptions inference = InferenceOptions.builder().resolution(42).build();
        return new StreamJob.Sequence(
                FrameSource.folder(Path.of(frames)),
                WindowPredictor.of(MODEL.shared(), MODEL.model(), inference),
                StreamingOptions.defaults().withWindow(4, 2));
    }

    private static List<Row> run(StreamJob job) {
        return job.run(LocalSpark.session()).orderBy("part").collectAsList();
    }

    @Test
    void theMapIsThatOfOneMachine() throws IOException {
        String frames = SceneFolders.write(folder, 1, 8, 28, 42).toString();
        Path alone = folder.resolve("alone");
        StreamJob.Sequence sequence = sequence(frames);
        try (StreamingMap map = StreamingMap.open(alone, sequence.predictor(), sequence.options())) {
            map.run(sequence.source(), StreamingListener.SILENT);
            assertThat(map.windows()).hasSize(3);
        }
        Path shared = folder.resolve("shared");
        StreamJob job = new StreamJob(() -> sequence(frames), shared.toString(), 2);
        assertThatIOException().isThrownBy(job::merge).withMessageContaining("contains no parts");
        assertThat(run(job)).extracting(row -> row.<Integer>getAs("windows")).containsExactly(2, 1);
        assertThat(run(job)).extracting(row -> row.<Integer>getAs("windows")).containsExactly(0, 0);
        try (StreamingMap map = job.merge()) {
            assertThat(map.size()).isEqualTo(8);
        }
        assertThat(shared.resolve("map.da3s")).hasSameBinaryContentAs(alone.resolve("map.da3s"));
    }

    @Test
    void aPartThatFailsIsARowWithItsError() throws IOException {
        String missing = folder.resolve("missing").toString();
        List<Row> rows = run(new StreamJob(() -> sequence(missing), folder.toString(), 1));
        assertThat(rows.get(0).<Integer>getAs("part")).isEqualTo(1);
        assertThat(rows.get(0).<String>getAs("error")).isEqualTo(missing + " does not exist");
        assertThat(Files.exists(Path.of(missing))).isFalse();
    }
}
