package da3.io.colmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.image.PixelTransform;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import da3.synthetic.CameraRig;
import da3.synthetic.SampleScenes;
import da3.synthetic.SyntheticRenderer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ColmapSceneTest {

    private static final int WIDTH = 56;
    private static final int HEIGHT = 42;

    /** The views are photos scaled by 1/4, with cropped borders. */
    private static final PixelTransform CUT = new PixelTransform(0.25, 0.25, 2, 3);

    private static final Scene SCENE = scene();

    @Test
    void observationsAreNearTheProjectionsOfTheirPoints() {
        ColmapModel model = ColmapScene.of(SCENE, photos(), ColmapOptions.defaults());
        assertThat(model.cameras()).hasSize(4).allMatch(camera -> camera.width() == 240 && camera.height() == 192);
        int several = 0;
        for (ColmapPoint point : model.points()) {
            assertThat(point.images()).doesNotHaveDuplicates();
            several += point.images().length > 1 ? 1 : 0;
            for (int i = 0; i < point.images().length; i++) {
                ColmapImage image = model.images().get(point.images()[i] - 1);
                int at = point.observations()[i];
                assertThat(image.points()[at]).isEqualTo(point.id());
                Vec3 seen = image.pose().transform(point.position());
                Intrinsics k = model.camera(image.camera()).lens().intrinsics();
                double x = k.fx() * seen.x() / seen.z() + k.cx();
                double y = k.fy() * seen.y() / seen.z() + k.cy();
                double error = Math.hypot(image.xy()[2 * at] - x, image.xy()[2 * at + 1] - y);
                // depths differ by at most 2 %, viewing directions by at most a quarter turn
                assertThat(error).isLessThan(5);
            }
            assertThat(point.error()).isLessThan(2.5);
        }
        assertThat(several).isGreaterThan(model.points().size() / 2);
        int observations =
                model.images().stream().mapToInt(image -> image.points().length).sum();
        int tracked =
                model.points().stream().mapToInt(point -> point.images().length).sum();
        assertThat(observations).isEqualTo(tracked);
        assertThat(model.points().stream()
                        .mapToDouble(ColmapPoint::error)
                        .average()
                        .orElseThrow())
                .isLessThan(0.1);
    }

    @Test
    void pointsWithInconsistentDepthAreObservedByOneView() {
        List<View> views = IntStream.range(0, 4)
                .mapToObj(i -> {
                    View view = SCENE.view(i);
                    return new View(
                            view.image(), view.depth().scaled(Math.pow(1.1, i)), Optional.empty(), view.camera());
                })
                .toList();
        ColmapModel model =
                ColmapScene.of(new Scene(views, Optional.empty(), false), photos(), ColmapOptions.defaults());
        long several = model.points().stream()
                .filter(point -> point.images().length > 1)
                .count();
        assertThat(several).isLessThan(model.points().size() / 5);
    }

    @Test
    void intrinsicsAreThoseOfTheOriginalPhoto() {
        Scene before = scene();
        ColmapModel model = ColmapScene.of(SCENE, photos(), ColmapOptions.defaults());
        Intrinsics seen = SCENE.view(0).camera().orElseThrow().intrinsics();
        assertThat(model.camera(1).parameters())
                .containsExactly(
                        new double[] {4 * seen.fx(), 4 * seen.fy(), 4 * (seen.cx() + 2), 4 * (seen.cy() + 3)},
                        within(1e-9));
        ColmapImage image = model.images().get(0);
        assertThat(image.xy()[0]).isEqualTo(4 * 2.5);
        assertThat(image.xy()[1]).isEqualTo(4 * 3.5);
        for (int v = 0; v < 4; v++) {
            assertThat(SCENE.view(v).camera()).isEqualTo(before.view(v).camera());
            assertThat(SCENE.view(v).depth().values())
                    .isEqualTo(before.view(v).depth().values());
        }
    }

    @Test
    void subsamplingFollowsFromTheSeed() {
        ColmapOptions few = ColmapOptions.defaults().withMaxPoints(100);
        ColmapModel model = ColmapScene.of(SCENE, photos(), few);
        assertThat(model.points()).hasSizeBetween(80, 100);
        assertThat(ColmapScene.of(SCENE, photos(), few).points())
                .usingRecursiveComparison()
                .isEqualTo(model.points());
        assertThat(ColmapScene.of(SCENE, photos(), few.withSeed(1)).points())
                .usingRecursiveComparison()
                .isNotEqualTo(model.points());
    }

    @Test
    void invalidScenesAreRefused() {
        assertThatThrownBy(() -> ColmapScene.of(SCENE, photos().subList(0, 3), ColmapOptions.defaults()))
                .hasMessage("number of photos must be 4, one for each view, got 3");
        View blind = new View(SCENE.view(0).image(), SCENE.view(0).depth(), Optional.empty(), Optional.empty());
        Scene scene = new Scene(List.of(blind), Optional.empty(), false);
        assertThatThrownBy(() -> ColmapScene.of(scene, photos().subList(0, 1), ColmapOptions.defaults()))
                .hasMessageContaining("view 0 has no camera");
        refused(new Camera(Pose.IDENTITY, new Intrinsics(0, 5, 1, 1)), "must be positive, got 0.0 and 5.0");
        Camera lost = new Camera(new Pose(Mat3.IDENTITY, new Vec3(0, Double.NaN, 0)), new Intrinsics(9, 9, 1, 1));
        refused(lost, "the pose of view 0 must be finite");
        assertThatThrownBy(() -> ColmapOptions.defaults().withDepthTolerance(0)).hasMessageContaining("above 0");
    }

    private static void refused(Camera camera, String why) {
        View view = new View(SCENE.view(0).image(), SCENE.view(0).depth(), Optional.empty(), Optional.of(camera));
        Scene scene = new Scene(List.of(view), Optional.empty(), false);
        assertThatThrownBy(() -> ColmapScene.of(scene, photos().subList(0, 1), ColmapOptions.defaults()))
                .hasMessageContaining(why);
    }

    private static List<ColmapPhoto> photos() {
        return IntStream.range(0, 4)
                .mapToObj(i -> new ColmapPhoto("photo_" + i + ".jpg", 240, 192, CUT))
                .toList();
    }

    private static Scene scene() {
        List<Camera> cameras =
                SampleScenes.indoorArc().withCount(4).cameras(CameraRig.lens(WIDTH, HEIGHT, Math.toRadians(60)));
        return SyntheticRenderer.render(SampleScenes.indoor(1), cameras, WIDTH, HEIGHT);
    }
}
