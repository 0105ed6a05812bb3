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
import da3.nn.Tensor;
import da3.nn.autograd.AutogradEngine;
import da3.nn.autograd.Gradients;
import da3.train.objective.LocalLevel;
import da3.train.objective.PatchAnchors;
import da3.train.objective.TeacherLoss;
import da3.train.objective.TeacherObjective;
import da3.train.objective.TeacherOptions;
import da3.train.objective.TeacherTruth;
import da3.train.optimizer.AdamW;
import da3.train.optimizer.AdamWOptions;
import da3.train.optimizer.ParameterSlot;
import da3.weights.SeededWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TeacherPassTest {

    private static final int ROWS = 28;
    private static final int COLUMNS = 42;
    private static final int PIXELS = ROWS * COLUMNS;
    private static final List<LocalLevel> LEVELS = List.of(new LocalLevel(4, 2, 6));
    private static final TeacherObjective OBJECTIVE =
            new TeacherObjective(TeacherOptions.defaults().withGlobalGrid(10).withLevels(LEVELS), 1);

    @Test
    void aTinyTeacherLearnsDepthAndMasks() {
        TeacherTruth truth = truth();
        List<PatchAnchors> anchors = PatchAnchors.draw(truth, LEVELS, new Random(2));
        float[] images = images(truth);
        try (Engine engine = Engines.create(EngineOptions.defaults().withThreads(1))) {
            AutogradEngine recording = AutogradEngine.recording(engine, name -> true, false);
            Network network =
                    new Network(recording, new SeededWeights(), "model", config(DptConfig.Kind.DEPTH_SKY_AND_OBJECTS));
            TeacherPass pass = new TeacherPass(recording, network, OBJECTIVE);
            AdamW optimizer = new AdamW(slots(recording), new AdamWOptions(5e-3, 0.9, 0.95, 1e-8, 0), 1);
            List<TeacherLoss> losses = new ArrayList<>();
            for (int step = 0; step < 40; step++) {
                losses.add(pass.gradients(
                        images, truth, anchors, (loss, gradients) -> update(recording, optimizer, loss, gradients)));
            }
            TeacherLoss first = losses.get(0);
            TeacherLoss last = losses.get(losses.size() - 1);
            assertThat(last.total()).isLessThan(0.6 * first.total());
            for (String term : List.of("global_local", "normal", "sky", "object")) {
                assertThat(last.terms().get(term))
                        .as(term)
                        .isLessThan(0.8 * first.terms().get(term));
            }
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

    private static TeacherLoss update(AutogradEngine engine, AdamW optimizer, TeacherLoss loss, Gradients gradients) {
        for (int i = 0; i < engine.trained().size(); i++) {
            Parameter parameter = engine.trained().get(i);
            Tensor gradient = gradients.get(parameter);
            if (gradient != null) {
                engine.engine().update(parameter, gradient, optimizer.begin(i, 1, 1)::apply);
            }
        }
        return loss;
    }

    private static List<ParameterSlot> slots(AutogradEngine engine) {
        return engine.trained().stream()
                .map(p -> new ParameterSlot(
                        p.name(), Arrays.stream(p.shape()).boxed().toList()))
                .toList();
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
