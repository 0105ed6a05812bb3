package da3.train.checkpoint;

import static org.assertj.core.api.Assertions.assertThatIOException;

import da3.train.config.ValidationMetric;
import da3.train.optimizer.OptimizerState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingStateTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "\"best\" : \"0.5\", \"best\" : \"0.5.\", must have a number as best",
                "\"step\" : 7, \"step\" : \"x\", must have a whole number as step",
                "\"skipped\" : 1, \"skipped\" : 1.5, must have a whole number as skipped",
                "\"norm.weight\" : 7, \"norm.weight\" : null, must have a whole number as count of norm.weight",
                "\"config_hash\", \"config\", must have a key config_hash"
            })
    void rejectsADamagedState(String was, String is, String sentence) throws IOException {
        OptimizerState moments = new OptimizerState(Map.of(), Map.of("norm.weight", 7L));
        new TrainingState(
                        7,
                        1,
                        new BestValidation(ValidationMetric.ABS_REL, 0.5, 2),
                        "0123abcd",
                        Map.of(),
                        moments,
                        moments)
                .write(folder);
        Path file = folder.resolve("state.json");
        String sound = Files.readString(file);
        Files.writeString(file, sound.replace(was, is));
        assertThatIOException()
                .isThrownBy(() -> TrainingState.read(folder))
                .withMessageStartingWith(file.toString())
                .withMessageContaining(sentence);
    }
}
