package da3.geometry.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PoseMetricsTest {

    private static final Intrinsics K = new Intrinsics(50, 50, 50, 50);

    @Test
    void comparesPosesByPairs() {
        PoseMetrics metrics = new PoseMetrics();
        List<Camera> truth = List.of(camera(0, new Vec3(0, 0, 0)), camera(10, new Vec3(1, 0, 0)));
        List<Camera> seen = List.of(camera(0, new Vec3(0, 0, 0)), camera(7, new Vec3(0, 2, 0)));
        metrics.add(seen, truth, 4, 100, 100);
        assertThat(metrics.rotation().getAsDouble()).isCloseTo(3, within(1e-6));
        assertThat(metrics.identityRotation().getAsDouble()).isCloseTo(10, within(1e-6));
        assertThat(metrics.translation().getAsDouble()).isCloseTo(90, within(1e-6));
        assertThat(metrics.fieldOfView().getAsDouble()).isZero();
        assertThat(metrics.auc30().getAsDouble()).isZero();
    }

    @Test
    void theDirectionOfAShortBaselineDoesNotCount() {
        PoseMetrics metrics = new PoseMetrics();
        List<Camera> truth = List.of(camera(0, Vec3.ZERO), camera(10, new Vec3(0.1, 0, 0)));
        metrics.add(List.of(camera(0, Vec3.ZERO), camera(15.5, Vec3.ZERO)), truth, 4, 100, 100);
        assertThat(metrics.translation()).isEmpty();
        assertThat(metrics.auc30().getAsDouble()).isCloseTo(100 * 25 / 30.0, within(1e-6));
    }

    /** Results of the reference for six views; angles are rounded to 0.01 degrees, areas are exact. */
    @Test
    void pairErrorsAgreeWithTheReference() throws IOException {
        List<double[]> rows = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                PoseMetricsTest.class.getResourceAsStream("pose-pairs.csv"), StandardCharsets.UTF_8))) {
            in.lines()
                    .map(line -> Arrays.stream(line.split(","))
                            .mapToDouble(Double::parseDouble)
                            .toArray())
                    .forEach(rows::add);
        }
        List<PairError> pairs = PairError.ofAll(cameras(rows.get(0)), cameras(rows.get(1)), 0);
        for (int i = 0; i < pairs.size(); i++) {
            assertThat(pairs.get(i).rotation()).isCloseTo(rows.get(2)[i], within(0.01));
            assertThat(pairs.get(i).direction().getAsDouble()).isCloseTo(rows.get(3)[i], within(0.01));
        }
        double[] worst = pairs.stream().mapToDouble(PairError::worst).toArray();
        int[] degrees = {30, 15, 5, 3};
        for (int i = 0; i < degrees.length; i++) {
            assertThat(PoseAuc.of(worst, degrees[i])).isCloseTo(100 * rows.get(4)[i], within(1e-4));
        }
    }

    @Test
    void theAreaUnderTheCurveUsesWholeDegrees() {
        assertThat(PoseAuc.of(new double[] {0, 0.5}, 3)).isEqualTo(100);
        assertThat(PoseAuc.of(new double[] {1, 1.9}, 4)).isEqualTo(75);
        assertThat(PoseAuc.curve(new double[] {0.5, 2.5}, 3)).containsExactly(0.5, 0.5, 1);
        assertThatIllegalArgumentException().isThrownBy(() -> PoseAuc.of(new double[0], 3));
    }

    @Test
    void theBestConstantRotationIsTheMedianAndNoWorseThanTheIdentity() {
        List<Mat3> turns = IntStream.of(9, 10, 11, 60)
                .mapToObj(degrees -> camera(degrees, Vec3.ZERO).pose().rotation())
                .toList();
        Mat3 best = ConstantRotation.of(turns);
        assertThat(Angles.of(best)).isBetween(9.9, 11.1); // any rotation between the middle two
        assertThat(ConstantRotation.meanAngle(best, turns)).isCloseTo((1 + 0 + 1 + 50) / 4.0, within(0.3));
        List<Mat3> opposite = List.of(turns.get(0), turns.get(0).transpose());
        assertThat(ConstantRotation.meanAngle(ConstantRotation.of(opposite), opposite))
                .isLessThanOrEqualTo(9 + 1e-9);
    }

    private static List<Camera> cameras(double[] matrices) {
        return IntStream.range(0, matrices.length / 16)
                .mapToObj(i -> new Camera(Pose.ofMatrix(matrices, 16 * i), K))
                .toList();
    }

    private static Camera camera(double degrees, Vec3 translation) {
        double a = Math.toRadians(degrees);
        Mat3 rotation = new Mat3(Math.cos(a), 0, Math.sin(a), 0, 1, 0, -Math.sin(a), 0, Math.cos(a));
        return new Camera(new Pose(rotation, translation), K);
    }
}
