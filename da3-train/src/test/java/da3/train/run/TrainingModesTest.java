package da3.train.run;

import static org.assertj.core.api.Assertions.assertThat;

import da3.train.config.TrainConfig;
import da3.train.config.TrainConfigFile;
import da3.train.mode.gaussian.GaussianMode;
import da3.train.model.MasterWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The networks in the configurations of the project have the outputs that their objectives need. */
class TrainingModesTest {

    @ParameterizedTest
    @CsvSource({
        "da3-tiny.yaml, StudentMode, ",
        "teacher/teacher.yaml, TeacherMode, ",
        "teacher/sensor.yaml, TeacherMode, ",
        "teacher/mono-student.yaml, TeacherMode, ",
        "teacher/metric-student.yaml, MetricMode, seeded:da3mono-tiny",
        "teacher/any-view-student.yaml, StudentMode, seeded:da3-tiny",
    })
    void theModeFollowsFromTheObjective(Path file, String mode, String checkpoint) throws IOException {
        List<String> changes = checkpoint == null ? List.of() : List.of("model.checkpoint=" + checkpoint);
        TrainConfig config = TrainConfigFile.read(Path.of("configs").resolve(file), changes);
        MasterWeights weights = MasterWeights.of(config.model(), config.seed());
        assertThat(TrainingModes.of(config, weights.config()))
                .extracting(m -> m.getClass().getSimpleName())
                .isEqualTo(mode);
    }

    @Test
    void aNewGaussianHeadIsTrainedOnHeldOutViews() throws IOException {
        TrainConfig config = TrainConfigFile.read(
                Path.of("configs", "gaussian-head.yaml"), List.of("model.checkpoint=seeded:da3-tiny"));
        MasterWeights weights = MasterWeights.of(config.model(), config.seed());
        assertThat(TrainingModes.of(config, weights.config())).isInstanceOf(GaussianMode.class);
    }
}
