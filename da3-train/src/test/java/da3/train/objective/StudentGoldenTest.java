package da3.train.objective;

import static org.assertj.core.api.Assertions.assertThat;

import da3.weights.safetensors.SafetensorsFile;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the objective with an independent implementation that uses automatic differentiation in float64. */
class StudentGoldenTest {

    private static final int SCENES = 2;
    private static final int VIEWS = 2;
    private static final int ROWS = 28;
    private static final int COLUMNS = 42;
    private static final int RAY_ROWS = 16;
    private static final int RAY_COLUMNS = 24;

    private static SafetensorsFile golden;
    private static StudentTruth truth;
    private static StudentPrediction prediction;
    private static StudentLoss loss;

    @BeforeAll
    static void evaluate() throws IOException, URISyntaxException {
        golden = SafetensorsFile.open(Path.of(
                StudentGoldenTest.class.getResource("loss-student.safetensors").toURI()));
        float[] poses = floats("in.extrinsics"); // (scenes, views, 4, 4)
        float[] extrinsics = new float[SCENES * VIEWS * 12];
        for (int image = 0; image < SCENES * VIEWS; image++) {
            System.arraycopy(poses, 16 * image, extrinsics, 12 * image, 12);
        }
        truth = new StudentTruth(
                SCENES,
                VIEWS,
                ROWS,
                COLUMNS,
                floats("in.depth"),
                flags("in.mask"),
                extrinsics,
                floats("in.intrinsics"));
        prediction = new StudentPrediction(
                SCENES * VIEWS,
                ROWS,
                COLUMNS,
                RAY_ROWS,
                RAY_COLUMNS,
                floats("in.pred.depth"),
                floats("in.pred.depth_conf"),
                floats("in.pred.ray"),
                floats("in.pred.pose_enc"));
        loss = new StudentObjective(StudentWeights.defaults(), 1).evaluate(truth, prediction);
    }

    @AfterAll
    static void close() throws IOException {
        golden.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "depth",
                "ray",
                "point",
                "camera",
                "camera_translation",
                "camera_quaternion",
                "camera_fov",
                "gradient"
            })
    void termsAgree(String term) throws IOException {
        assertThat(relativeError(new double[] {loss.terms().get(term)}, "out.loss." + term))
                .isLessThan(1e-6);
    }

    @Test
    void theTotalAgrees() throws IOException {
        assertThat(relativeError(new double[] {loss.total()}, "out.loss.total")).isLessThan(1e-6);
    }

    @Test
    void gradientsAgree() throws IOException {
        StudentPrediction gradients = loss.gradients();
        assertThat(relativeError(doubles(gradients.depth()), "out.grad.pred.depth"))
                .isLessThan(1e-6);
        assertThat(relativeError(doubles(gradients.depthConfidence()), "out.grad.pred.depth_conf"))
                .isLessThan(5e-6);
        assertThat(relativeError(doubles(gradients.ray()), "out.grad.pred.ray")).isLessThan(1e-6);
        assertThat(relativeError(doubles(gradients.poseEncoding()), "out.grad.pred.pose_enc"))
                .isLessThan(1e-6);
    }

    @Test
    void normalizedTruthAgrees() throws IOException {
        NormalizedTruth normalized = loss.truth();
        assertThat(relativeError(normalized.scale(), "out.scale")).isLessThan(1e-6);
        assertThat(relativeError(doubles(normalized.depth()), "mid.depth")).isLessThan(1e-6);
        assertThat(relativeError(doubles(normalized.ray()), "mid.ray")).isLessThan(1e-6);
        assertThat(relativeError(doubles(normalized.point()), "mid.point")).isLessThan(1e-6);
        assertThat(relativeError(doubles(normalized.poseEncoding()), "mid.pose_enc"))
                .isLessThan(1e-6);
        assertThat(normalized.rayMask()).isEqualTo(flags("mid.ray_mask"));
    }

    @Test
    void resizedDepthAgrees() throws IOException {
        DepthResize resize = new DepthResize(ROWS, COLUMNS, RAY_ROWS, RAY_COLUMNS);
        double[] resized = new double[SCENES * VIEWS * RAY_ROWS * RAY_COLUMNS];
        for (int i = 0; i < resized.length; i++) {
            int image = i / (RAY_ROWS * RAY_COLUMNS);
            resized[i] =
                    resize.at(prediction.depth(), image * ROWS * COLUMNS, i / RAY_COLUMNS % RAY_ROWS, i % RAY_COLUMNS);
        }
        assertThat(relativeError(resized, "mid.pred.depth_at_ray_resolution")).isLessThan(1e-6);
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBytes() {
        StudentWeights filtered = StudentWeights.defaults().withDepthQuantile(0.98);
        StudentLoss one = new StudentObjective(filtered, 1).evaluate(truth, prediction);
        StudentLoss three = new StudentObjective(filtered, 3).evaluate(truth, prediction);
        assertThat(three.terms()).isEqualTo(one.terms());
        assertThat(three.gradients().depth()).isEqualTo(one.gradients().depth());
        assertThat(three.gradients().ray()).isEqualTo(one.gradients().ray());
    }

    private static double relativeError(double[] actual, String name) throws IOException {
        double[] expected = golden.readDoubles(name);
        assertThat(actual).hasSameSizeAs(expected);
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += (actual[i] - expected[i]) * (actual[i] - expected[i]);
            norm += expected[i] * expected[i];
        }
        return Math.sqrt(difference / norm);
    }

    private static float[] floats(String name) throws IOException {
        double[] values = golden.readDoubles(name);
        float[] result = new float[values.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (float) values[i];
        }
        return result;
    }

    private static boolean[] flags(String name) throws IOException {
        byte[] values = golden.readBytes(name);
        boolean[] result = new boolean[values.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = values[i] != 0;
        }
        return result;
    }

    private static double[] doubles(float[] values) {
        double[] result = new double[values.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = values[i];
        }
        return result;
    }
}
