package da3.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import da3.core.EngineOptions;
import da3.core.Engines;
import da3.nn.BackboneConfig;
import da3.nn.DptConfig;
import da3.nn.Engine;
import da3.nn.Network;
import da3.nn.NetworkConfig;
import da3.nn.Parameter;
import da3.nn.autograd.AutogradEngine;
import da3.train.objective.LocalLevel;
import da3.train.objective.PatchAnchors;
import da3.train.objective.TeacherObjective;
import da3.train.objective.TeacherOptions;
import da3.train.objective.TeacherTruth;
import da3.weights.SeededWeights;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TeacherPassTest {

    private static final int ROWS = 28;
    private static final int COLUMNS = 42;
    private static final int PIXELS = ROWS * COLUMNS;
    private static final List<LocalLevel> LEVELS = List.of(new LocalLevel(4, 2, 6));
    private static final TeacherObjective OBJECTIVE =
            new TeacherObjective(TeacherOptions.defaults().withGlobalGrid(10).withLevels(LEVELS), 1);

    @ParameterizedTest
    @ValueSource(strings = {"output_conv2.2.bias", "sky_output_conv2.2.bias", "object_output_conv2.2.bias"})
    void everyOutputHasAGradient(String name) {
        TeacherTruth truth = truth();
        List<PatchAnchors> anchors = PatchAnchors.draw(truth, LEVELS, new Random(2));
        try (Engine engine = Engines.create(EngineOptions.defaults().withThreads(1))) {
            AutogradEngine recording =
                    AutogradEngine.recording(engine, parameter -> parameter.endsWith("scratch." + name), false);
            Network network =
                    new Network(recording, new SeededWeights(), "model", config(DptConfig.Kind.DEPTH_SKY_AND_OBJECTS));
            Parameter trained = recording.trained().get(0);
            float[] gradient = new TeacherPass(recording, network, OBJECTIVE)
                    .gradients(images(truth), truth, anchors, (loss, gradients) -> gradients.values(trained));
            assertThat(gradient).hasSize(1).doesNotContain(0f);
        }
    }

    @Test
    void rejectsANetworkWithoutAnObjectMask() {
        try (Engine engine = Engines.create(EngineOptions.defaults().withThreads(1))) {
            AutogradEngine recording = AutogradEngine.recording(engine, name -> true, false);
            Network mono = new Network(recording, new SeededWeights(), "model", config(DptConfig.Kind.DEPTH_AND_SKY));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new TeacherPass(recording, mono, OBJECTIVE))
                    .withMessage("the network must predict depth, sky and objects, got DEPTH_AND_SKY");
        }
    }

    /** Two images of a ground plane that ends in the sky, with a box as the object. */
    private static TeacherTruth truth() {
        float[] depth = new float[2 * PIXELS];
        boolean[] mask = new boolean[depth.length];
        boolean[] sky = new boolean[depth.length];
        boolean[] object = new boolean[depth.length];
        for (int i = 0; i < depth.length; i++) {
            int row = i / COLUMNS % ROWS;
            int column = i % COLUMNS;
            int left = i < PIXELS ? 6 : 24;
            object[i] = column >= left && column < left + 12 && row >= 6 && row < 20;
            sky[i] = !object[i] && row < 10;
            mask[i] = !sky[i];
            depth[i] = object[i] ? 3 : 40f / (row - 5);
        }
        float[] k = {30, 0, 21, 0, 30, 14, 0, 0, 1};
        float[] intrinsics = Arrays.copyOf(k, 18);
        System.arraycopy(k, 0, intrinsics, 9, 9);
        return new TeacherTruth(2, ROWS, COLUMNS, depth, mask, intrinsics, sky, object);
    }

    /** Returns images whose channels are sky, object and row. */
    private static float[] images(TeacherTruth truth) {
        float[] images = new float[2 * 3 * PIXELS];
        for (int i = 0; i < 2 * PIXELS; i++) {
            int red = i / PIXELS * 3 * PIXELS + i % PIXELS;
            images[red] = truth.sky()[i] ? 1 : -1;
            images[red + PIXELS] = truth.object()[i] ? 1 : -1;
            images[red + 2 * PIXELS] = i / COLUMNS % ROWS / 14f - 1;
        }
        return images;
    }

    private static NetworkConfig config(DptConfig.Kind kind) {
        BackboneConfig backbone = new BackboneConfig(
                42, 14, 32, 4, 2, false, 64, -1, -1, -1, 100, false, List.of(0, 1, 2, 3), 0.1, 1e-6, 1e-5, 1e-5, 3);
        DptConfig head = new DptConfig(kind, 32, 14, 1, 16, List.of(8, 12, 16, 16), false, false, 0.1, 100, 1e-5, 4, 5);
        return new NetworkConfig(backbone, head, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
