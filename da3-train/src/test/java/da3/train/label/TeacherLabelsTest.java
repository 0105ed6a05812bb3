package da3.train.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.core.DepthAnything3;
import da3.core.EngineOptions;
import da3.train.data.GroundScenes;
import da3.train.data.TrainingScene;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TeacherLabelsTest {

    private static final int ROWS = 28;
    private static final int COLUMNS = 42;

    private static DepthAnything3 teacher;

    @BeforeAll
    static void load() {
        teacher = DepthAnything3.load(
                "seeded:da3mono-tiny", EngineOptions.defaults().withThreads(1));
    }

    @AfterAll
    static void close() {
        teacher.close();
    }

    private static TrainingScene withDepth(TrainingScene scene, float[] depth) {
        return new TrainingScene(
                scene.views(),
                scene.rows(),
                scene.columns(),
                scene.rgb(),
                depth,
                scene.extrinsics(),
                scene.intrinsics());
    }

    private static TrainingScene scene() {
        return new GroundScenes(1, ROWS, COLUMNS).read(0);
    }

    @Test
    void recoversScaleAndShiftFromSparseMeasurementsWithOutliers() {
        TrainingScene scene = scene();
        float[] relative =
                new TeacherLabels(teacher, false).label(scene).orElseThrow().depth();
        Random random = new Random(1);
        float[] measured = new float[relative.length];
        for (int i = 0; i < measured.length; i++) {
            if (relative[i] > 0 && random.nextInt(10) == 0) {
                measured[i] = random.nextInt(5) == 0 ? 1 + 9 * random.nextFloat() : 3 * relative[i] + 2;
            }
        }
        float[] label = new TeacherLabels(teacher, true)
                .label(withDepth(scene, measured))
                .orElseThrow()
                .depth();
        double worst = 0;
        for (int i = 0; i < label.length; i++) {
            assertThat(label[i] > 0).isEqualTo(relative[i] > 0);
            worst = Math.max(worst, relative[i] > 0 ? Math.abs(label[i] - (3 * relative[i] + 2)) : 0);
        }
        assertThat(worst).isLessThan(1e-3);
    }

    @Test
    void relativeLabelsHaveAMeanOfOne() {
        float[] label =
                new TeacherLabels(teacher, false).label(scene()).orElseThrow().depth();
        double sum = 0;
        int known = 0;
        for (float value : label) {
            sum += value;
            known += value > 0 ? 1 : 0;
        }
        assertThat(Math.abs(sum / known - 1)).isLessThan(1e-5);
    }

    /** A teacher's depth has any scale. */
    @ParameterizedTest
    @ValueSource(floats = {1e-36f, 1, 1e38f})
    void aMeanOfOneNeitherOverflowsNorUnderflows(float scale) {
        assertThat(TeacherLabels.withMeanOne(new float[] {scale, 0, 3 * scale}).orElseThrow())
                .containsExactly(new float[] {0.5f, 0, 1.5f}, within(1e-6f));
    }

    @Test
    void aViewWithSevenMeasurementsHasNoLabel() {
        float[] measured = new float[ROWS * COLUMNS];
        for (int i = 0; i < 7; i++) {
            measured[measured.length - 1 - 3 * i] = 1 + i;
        }
        assertThat(new TeacherLabels(teacher, true).label(withDepth(scene(), measured)))
                .isEmpty();
    }
}
