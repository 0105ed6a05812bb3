package da3.train.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Mat3;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.Vec3;
import da3.geometry.metrics.DepthMetrics;
import da3.geometry.metrics.PoseMetrics;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private static final Intrinsics K = new Intrinsics(50, 50, 50, 50);

    @Test
    void depthIsComparedUpToScaleAndOnlyWhereItIsKnown() {
        DepthMetrics metrics = DepthMetrics.of(new float[] {2, 4, 8, 99}, new float[] {1, 2, 6, 0});
        // scaled by 2 / 4: 1, 2, 4
        assertThat(metrics.absRel()).isCloseTo(1.0 / 9, within(1e-9));
        assertThat(metrics.delta1()).isCloseTo(2.0 / 3, within(1e-9));
    }

    @Test
    void aConstantSaysTheMedian() {
        DepthMetrics metrics = DepthMetrics.ofConstant(new float[] {1, 2, 4});
        assertThat(metrics.absRel()).isCloseTo((1 + 0 + 0.5) / 3, within(1e-9));
    }

    @Test
    void posesAreComparedByPairs() {
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
        metrics.add(List.of(camera(0, Vec3.ZERO), camera(16, Vec3.ZERO)), truth, 4, 100, 100);
        assertThat(metrics.translation()).isEmpty();
        assertThat(metrics.auc30().getAsDouble()).isCloseTo(80, within(1e-6));
    }

    @Test
    void aPictureHasFourPanelsAndAPerfectPredictionNoError() {
        ScalarMap depth = new ScalarMap(4, 3, new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0});
        Image picture = ValidationPicture.of(new Image(4, 3, new byte[36]), depth, depth);
        assertThat(picture.width()).isEqualTo(16);
        assertThat(picture.channel(4, 0, 0)).isEqualTo(picture.channel(8, 0, 0));
        assertThat(picture.channel(12, 0, 0)).isEqualTo(158); // the color of no error
        assertThat(picture.channel(15, 2, 0)).isZero(); // unknown
    }

    private static Camera camera(double degrees, Vec3 translation) {
        double a = Math.toRadians(degrees);
        Mat3 rotation = new Mat3(Math.cos(a), 0, Math.sin(a), 0, 1, 0, -Math.sin(a), 0, Math.cos(a));
        return new Camera(new Pose(rotation, translation), K);
    }
}
