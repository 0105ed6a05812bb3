package da3.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final Scene TRUTH = DemoScenes.INDOOR.render(3, 56, 42, 7);

    /** The truth in another unit and another world. */
    @Test
    void aPredictionThatIsRightUpToScaleAndWorldHasNoErrorAndMeetsTheTruth() {
        Pose world = new Pose(turn(50), new Vec3(3, -1, 2));
        Scene prediction = changed(view -> {
            Camera camera = view.camera().orElseThrow();
            Pose pose = camera.pose();
            Pose shrunk = pose.withTranslation(pose.translation().times(0.25)).compose(world);
            return view(view, view.depth().scaled(0.25), Optional.of(new Camera(shrunk, camera.intrinsics())));
        });

        Comparison comparison = Comparison.of(TRUTH, prediction);

        assertThat(comparison.predictsCameras()).isTrue();
        assertThat(comparison.errors().absRel()).isCloseTo(0, within(1e-6));
        assertThat(comparison.errors().delta1()).isEqualTo(1);
        assertThat(comparison.errors().rotation().getAsDouble()).isCloseTo(0, within(1e-6));
        assertThat(comparison.errors().identityRotation().getAsDouble()).isGreaterThan(1);
        assertThat(comparison.errors().constantAbsRel()).isGreaterThan(0.1);
        for (int i = 0; i < 3; i++) {
            View aligned = comparison.views().get(i);
            assertThat(aligned.camera().orElseThrow().pose().toMatrix3x4())
                    .containsExactly(TRUTH.view(i).camera().orElseThrow().pose().toMatrix3x4(), within(1e-6));
            assertThat(aligned.depth().values())
                    .containsExactly(TRUTH.view(i).depth().values(), within(1e-4f));
        }
    }

    @Test
    void aTurnedCameraIsAnErrorOfRotation() {
        Scene prediction = changed(view -> view == TRUTH.view(1)
                ? view(view, view.depth(), view.camera().map(camera -> turned(camera, 6)))
                : view);
        // two of the three pairs have the turned view
        assertThat(Comparison.of(TRUTH, prediction).errors().rotation().getAsDouble())
                .isCloseTo(4, within(1e-6));
    }

    @Test
    void aModelWithoutCamerasIsComparedViewByViewAtTheTrueCameras() {
        Scene prediction =
                changed(view -> view(view, view.depth().scaled(view == TRUTH.view(0) ? 5 : 0.1), Optional.empty()));

        Comparison comparison = Comparison.of(TRUTH, prediction);

        assertThat(comparison.predictsCameras()).isFalse();
        assertThat(comparison.errors().absRel()).isCloseTo(0, within(1e-6));
        assertThat(comparison.errors().rotation()).isEmpty();
        assertThat(comparison.views().get(2).camera()).isEqualTo(TRUTH.view(2).camera());
        assertThat(comparison.views().get(2).depth().values())
                .containsExactly(TRUTH.view(2).depth().values(), within(1e-4f));
    }

    private static Scene changed(UnaryOperator<View> change) {
        return new Scene(TRUTH.views().stream().map(change).toList(), Optional.empty(), false);
    }

    private static View view(View view, ScalarMap depth, Optional<Camera> camera) {
        return new View(view.image(), depth, Optional.empty(), camera);
    }

    private static Camera turned(Camera camera, double degrees) {
        Intrinsics k = camera.intrinsics();
        return new Camera(new Pose(turn(degrees), Vec3.ZERO).compose(camera.pose()), k);
    }

    /** Returns the rotation about the y axis. */
    private static Mat3 turn(double degrees) {
        double a = Math.toRadians(degrees);
        return new Mat3(Math.cos(a), 0, Math.sin(a), 0, 1, 0, -Math.sin(a), 0, Math.cos(a));
    }
}
