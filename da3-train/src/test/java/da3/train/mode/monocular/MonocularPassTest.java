package da3.train.mode.monocular;

import static org.assertj.core.api.Assertions.assertThat;

import da3.core.EngineOptions;
import da3.core.Engines;
import da3.nn.Engine;
import da3.nn.Network;
import da3.nn.Parameter;
import da3.nn.autograd.AutogradEngine;
import da3.train.config.MonocularConfig;
import da3.train.config.TrainConfig;
import da3.train.data.Batch;
import da3.train.data.GroundScenes;
import da3.train.data.TrainingScene;
import da3.train.model.MasterWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MonocularPassTest {

    private static final String HEAD = "model.head.scratch.";
    private static final GroundScenes SCENES = new GroundScenes(2, 28, 42);
    private static final Batch BATCH = new Batch(List.of(SCENES.read(0), SCENES.read(1)), false);

    /** Returns the gradient of the last bias of an output, whose initial value is given. */
    private static float[] gradient(String output, float bias, Batch batch) throws IOException {
        TrainConfig config = MonocularConfig.of(Path.of("none"), "model.monocular.objects=true");
        MasterWeights weights = MasterWeights.of(config.model(), 1);
        String name = HEAD + output + ".2.bias";
        weights.values(name)[0] = bias;
        try (Engine engine = Engines.create(EngineOptions.defaults().withThreads(1))) {
            AutogradEngine recording = AutogradEngine.recording(engine, name::equals, false);
            Network network = Network.forTraining(
                    recording, weights, "model", weights.config().main());
            Parameter trained = recording.trained().get(0);
            return TeacherMode.of(config, weights.config())
                    .pass(recording, network)
                    .gradients(batch, 0, (terms, gradients) -> gradients.values(trained));
        }
    }

    @Test
    void depthHasAGradient() throws IOException {
        assertThat(gradient("output_conv2", 0, BATCH)).hasSize(1).doesNotContain(0f);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sky_output_conv2", "object_output_conv2"})
    void masksHaveAGradientWhereTheyAreNegative(String output) throws IOException {
        assertThat(gradient(output, -5, BATCH)[0]).isNegative();
    }

    @Test
    void unknownObjectsHaveNoGradient() throws IOException {
        TrainingScene scene = SCENES.read(0);
        TrainingScene unknown = new TrainingScene(
                1, scene.rows(), scene.columns(), scene.rgb(), scene.depth(), scene.extrinsics(), scene.intrinsics());
        float[] gradient = gradient("object_output_conv2", -5, new Batch(List.of(unknown, SCENES.read(1)), false));
        assertThat(gradient).containsExactly(0);
    }
}
