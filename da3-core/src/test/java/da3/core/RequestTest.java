package da3.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Mat3;
import da3.geometry.Pose;
import da3.geometry.Vec3;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RequestTest {

    private static final Intrinsics CAMERA = new Intrinsics(50, 50, 28, 21);
    private static final Request THREE_VIEWS = Request.of(RandomPhotos.of(3, 56, 42, 1));

    @Test
    void noImagesAreRefused() {
        assertThatThrownBy(() -> Request.of(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no images; legal: at least one");
    }

    @ParameterizedTest
    @MethodSource("badPoses")
    void aPoseThatIsNoRigidMotionIsNamedWithItsValues(Pose bad, String[] said) {
        List<Pose> poses = List.of(Pose.IDENTITY, bad, Pose.IDENTITY);
        assertThatThrownBy(() -> THREE_VIEWS.withCameras(poses, Collections.nCopies(3, CAMERA)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pose 1")
                .hasMessageContainingAll(said);
    }

    static Stream<Arguments> badPoses() {
        Vec3 ahead = new Vec3(0, 0, 1);
        return Stream.of(
                pose(diagonal(1, 1, 0), ahead, "determinant 0.0", "legal: determinant 1"),
                pose(diagonal(1, 1, -1), ahead, "determinant -1.0", "legal: determinant 1"),
                pose(diagonal(2, 2, 2), ahead, "determinant 8.0", "3.0 away from the identity", "at most 0.001"),
                pose(diagonal(1, 1, Double.NaN), ahead, "not finite", "NaN"),
                pose(Mat3.IDENTITY, new Vec3(0, Double.POSITIVE_INFINITY, 0), "not finite", "Infinity"));
    }

    @ParameterizedTest
    @MethodSource("badIntrinsics")
    void intrinsicsThatAreNoCameraAreNamedWithTheirValues(Intrinsics bad, String[] said) {
        assertThatThrownBy(() -> THREE_VIEWS.withIntrinsics(List.of(CAMERA, CAMERA, bad)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("intrinsics 2")
                .hasMessageContainingAll(said);
    }

    static Stream<Arguments> badIntrinsics() {
        return Stream.of(
                intrinsics(new Intrinsics(0, 50, 28, 21), "0.0 and 50.0", "legal: above 0"),
                intrinsics(new Intrinsics(50, -3, 28, 21), "50.0 and -3.0", "legal: above 0"),
                intrinsics(new Intrinsics(Double.NaN, 50, 28, 21), "not finite", "NaN"),
                intrinsics(new Intrinsics(50, 50, Double.NEGATIVE_INFINITY, 21), "not finite", "-Infinity"));
    }

    @Test
    void everyImageNeedsItsOwnPoseAndIntrinsics() {
        List<Intrinsics> three = Collections.nCopies(3, CAMERA);
        assertThatThrownBy(() -> THREE_VIEWS.withCameras(Collections.nCopies(2, Pose.IDENTITY), three))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 poses for 3 images; legal: one for each, or none");
        assertThatThrownBy(() -> THREE_VIEWS.withIntrinsics(Collections.nCopies(4, CAMERA)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("4 intrinsics for 3 images; legal: one for each, or none");
    }

    @Test
    void posesNeedIntrinsics() {
        Request r = THREE_VIEWS;
        Optional<List<Pose>> poses = Optional.of(Collections.nCopies(3, Pose.IDENTITY));
        assertThatThrownBy(() -> new Request(
                        r.images(),
                        poses,
                        Optional.empty(),
                        r.resolution(),
                        r.resizeMethod(),
                        r.outputs(),
                        r.posesFromRays(),
                        r.referenceView(),
                        r.featureLayers(),
                        r.alignDepth(),
                        r.seed()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("poses without intrinsics; legal: both, intrinsics alone, or neither");
    }

    @Test
    void aRequestKeepsNothingOfTheCallersLists() {
        List<Image> images = new ArrayList<>(RandomPhotos.of(2, 56, 42, 1));
        Request request = Request.of(images);
        images.clear();
        assertThat(request.images()).hasSize(2);
    }

    private static Mat3 diagonal(double x, double y, double z) {
        return new Mat3(x, 0, 0, 0, y, 0, 0, 0, z);
    }

    private static Arguments pose(Mat3 rotation, Vec3 translation, String... said) {
        return Arguments.of(new Pose(rotation, translation), said);
    }

    private static Arguments intrinsics(Intrinsics intrinsics, String... said) {
        return Arguments.of(intrinsics, said);
    }
}
