package da3.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.geometry.DepthSample;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RequestTest {

    private static final Intrinsics CAMERA = new Intrinsics(50, 50, 28, 21);
    private static final Request THREE_VIEWS = Request.of(RandomImages.of(3, 56, 42, 1));

    @Test
    void aRequestWithoutImagesIsRejected() {
        assertThatThrownBy(() -> Request.of(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("number of images must be at least 1, got 0");
    }

    @ParameterizedTest
    @MethodSource("badPoses")
    void anInvalidPoseIsReportedWithItsValues(Pose bad, String[] parts) {
        List<Pose> poses = List.of(Pose.IDENTITY, bad, Pose.IDENTITY);
        assertThatThrownBy(() -> THREE_VIEWS.withCameras(poses, Collections.nCopies(3, CAMERA)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pose 1")
                .hasMessageContainingAll(parts);
    }

    static Stream<Arguments> badPoses() {
        Vec3 ahead = new Vec3(0, 0, 1);
        return Stream.of(
                pose(diagonal(1, 1, 0), ahead, "got determinant 0.0", "with determinant 1"),
                pose(diagonal(1, 1, -1), ahead, "got determinant -1.0", "with determinant 1"),
                pose(diagonal(2, 2, 2), ahead, "determinant 8.0", "deviation of 3.0", "within 0.001 of the identity"),
                pose(diagonal(1, 1, Double.NaN), ahead, "must be finite", "NaN"),
                pose(Mat3.IDENTITY, new Vec3(0, Double.POSITIVE_INFINITY, 0), "must be finite", "Infinity"));
    }

    @ParameterizedTest
    @MethodSource("badIntrinsics")
    void invalidIntrinsicsAreReportedWithTheirValues(Intrinsics bad, String[] parts) {
        assertThatThrownBy(() -> THREE_VIEWS.withIntrinsics(List.of(CAMERA, CAMERA, bad)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("intrinsics 2")
                .hasMessageContainingAll(parts);
    }

    static Stream<Arguments> badIntrinsics() {
        return Stream.of(
                intrinsics(new Intrinsics(0, 50, 28, 21), "got 0.0 and 50.0", "must be positive"),
                intrinsics(new Intrinsics(50, -3, 28, 21), "got 50.0 and -3.0", "must be positive"),
                intrinsics(new Intrinsics(Double.NaN, 50, 28, 21), "must be finite", "NaN"),
                intrinsics(new Intrinsics(50, 50, Double.NEGATIVE_INFINITY, 21), "must be finite", "-Infinity"));
    }

    @Test
    void everyImageNeedsItsOwnPoseAndIntrinsics() {
        List<Intrinsics> three = Collections.nCopies(3, CAMERA);
        assertThatThrownBy(() -> THREE_VIEWS.withCameras(Collections.nCopies(2, Pose.IDENTITY), three))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("number of poses must be 3, one per image, got 2");
        assertThatThrownBy(() -> THREE_VIEWS.withIntrinsics(Collections.nCopies(4, CAMERA)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("number of intrinsics must be 3, one per image, got 4");
    }

    @Test
    void posesMayBeGivenForSomeExistingViews() {
        Request some = THREE_VIEWS.withPoses(Map.of(2, Pose.IDENTITY, 0, Pose.IDENTITY));
        assertThat(some.poses().keySet()).containsExactly(0, 2);
        for (int bad : new int[] {-1, 3}) {
            assertThatThrownBy(() -> THREE_VIEWS.withPoses(Map.of(bad, Pose.IDENTITY)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("view of a pose must be from 0 to 2, got " + bad);
        }
    }

    @Test
    void depthSamplesMustBeInsideTheirImages() {
        List<DepthSample> none = List.of();
        assertThatThrownBy(() -> THREE_VIEWS.withSparseDepth(List.of(none, none)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("number of lists of depth samples must be 3, one per image, got 2");
        DepthSample good = new DepthSample(56, 42, 1);
        assertThatThrownBy(() ->
                        THREE_VIEWS.withSparseDepth(List.of(none, List.of(good, new DepthSample(56.5, 3, 1)), none)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("position of depth sample 1 of view 1 must be inside the image, from (0, 0) to (56, 42),"
                        + " got (56.5, 3.0)");
        assertThatThrownBy(() -> THREE_VIEWS.withSparseDepth(List.of(List.of(new DepthSample(1, 1, -2)), none, none)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("depth of depth sample 0 of view 0 in meters must be positive and finite, got -2.0");
    }

    @Test
    void intrinsicsAreGivenForAllViewsOrNone() {
        List<ViewPrior> priors = List.of(ViewPrior.NONE.withIntrinsics(CAMERA), ViewPrior.NONE, ViewPrior.NONE);
        assertThatThrownBy(() -> THREE_VIEWS.withPriors(priors))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("number of views with intrinsics must be 0 or 3, got 1");
    }

    @Test
    void changesKeepEarlierChanges() {
        List<DepthSample> samples = List.of(new DepthSample(1, 2, 3));
        Request changed = THREE_VIEWS
                .withCameras(Collections.nCopies(3, Pose.IDENTITY), Collections.nCopies(3, CAMERA))
                .withSparseDepth(Collections.nCopies(3, samples))
                .withOptions(o -> o.resolution(70))
                .withOptions(o -> o.seed(7));
        assertThat(changed)
                .isEqualTo(new Request(
                        THREE_VIEWS.images(),
                        Collections.nCopies(3, new ViewPrior(Optional.of(Pose.IDENTITY), Optional.of(CAMERA), samples)),
                        InferenceOptions.builder().resolution(70).seed(7).build()));
    }

    @Test
    void emptyPriorsAreRemoved() {
        Request nothingMeasured = THREE_VIEWS.withSparseDepth(Collections.nCopies(3, List.of()));
        assertThat(nothingMeasured).isEqualTo(THREE_VIEWS);
        assertThat(nothingMeasured.priors()).isEmpty();
    }

    @Test
    void requestsCopyLists() {
        List<Image> images = new ArrayList<>(RandomImages.of(2, 56, 42, 1));
        Request request = Request.of(images);
        images.clear();
        assertThat(request.images()).hasSize(2);
    }

    private static Mat3 diagonal(double x, double y, double z) {
        return new Mat3(x, 0, 0, 0, y, 0, 0, 0, z);
    }

    private static Arguments pose(Mat3 rotation, Vec3 translation, String... parts) {
        return Arguments.of(new Pose(rotation, translation), parts);
    }

    private static Arguments intrinsics(Intrinsics intrinsics, String... parts) {
        return Arguments.of(intrinsics, parts);
    }
}
