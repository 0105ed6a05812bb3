package da3.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Camera;
import da3.geometry.math.Vec3;
import da3.train.data.SceneGeometry.Window;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SceneAugmentationTest {

    private static final TrainingScene SCENE = new PlaneScenes(1, 3, 56, 70).read(0);

    @Test
    void depthAndCamerasOfAWindowAreConsistent() {
        Window[] windows = {new Window(3.5, 2, 60, 48), new Window(0, 0, 70, 56), new Window(8, 7, 35, 28)};
        TrainingScene cut = SceneGeometry.cut(SCENE, windows, 28, 42);
        for (int view = 0; view < 3; view++) {
            Camera camera = cut.camera(view);
            for (int y = 0; y < 28; y++) {
                for (int x = 0; x < 42; x++) {
                    // the nearest source pixel is at most about half a pixel away
                    double expected = PlaneScenes.depthAt(camera, x + 0.5, y + 0.5);
                    assertThat((double) cut.depth()[(view * 28 + y) * 42 + x]).isCloseTo(expected, within(0.04));
                }
            }
        }
    }

    @Test
    void aWindowOfWholePixelsKeepsDepthExactly() {
        Window[] windows = {new Window(7, 14, 42, 28), new Window(0, 0, 42, 28), new Window(28, 28, 42, 28)};
        TrainingScene cut = SceneGeometry.cut(SCENE, windows, 28, 42);
        for (int view = 0; view < 3; view++) {
            double expected = PlaneScenes.depthAt(cut.camera(view), 10.5, 20.5);
            assertThat((double) cut.depth()[(view * 28 + 20) * 42 + 10]).isCloseTo(expected, within(1e-5));
        }
    }

    @Test
    void aMirroredSceneMirrorsItsPoints() {
        TrainingScene mirrored = SceneGeometry.mirrored(SCENE);
        for (int view = 0; view < 3; view++) {
            int x = 11;
            int y = 40;
            int at = (view * 56 + y) * 70;
            Vec3 before = PlaneScenes.point(SCENE.camera(view), x + 0.5, y + 0.5, SCENE.depth()[at + x]);
            float depth = mirrored.depth()[at + 69 - x];
            Camera camera = mirrored.camera(view);
            Vec3 after = PlaneScenes.point(camera, 69 - x + 0.5, y + 0.5, depth);
            assertThat(after.minus(new Vec3(-before.x(), before.y(), before.z()))
                            .norm())
                    .isLessThan(1e-5);
            camera.pose().requireRigid("the mirrored pose");
            assertThat(mirrored.rgb()[3 * (at + 69 - x)]).isEqualTo(SCENE.rgb()[3 * (at + x)]);
        }
    }

    @Test
    void objectsFollowTheirPixels() {
        TrainingScene scene = new GroundScenes(1, 56, 84).read(3);
        boolean[] objects = scene.objects().orElseThrow();
        TrainingScene mirrored = SceneGeometry.mirrored(scene);
        TrainingScene cut = SceneGeometry.cut(scene, new Window[] {new Window(7, 14, 42, 28)}, 28, 42);
        for (int y = 0; y < 28; y++) {
            for (int x = 0; x < 42; x++) {
                boolean object = objects[(y + 14) * 84 + x + 7];
                assertThat(cut.objects().orElseThrow()[y * 42 + x]).isEqualTo(object);
                assertThat(mirrored.objects().orElseThrow()[(y + 14) * 84 + 83 - 7 - x])
                        .isEqualTo(object);
            }
        }
        assertThat(SceneGeometry.mirrored(SCENE).objects()).isEmpty();
    }

    @Test
    void withoutAugmentationASceneOfTheRightSizeIsUnchanged() {
        TrainingScene same = SceneAugmentation.apply(
                SCENE, Augmentation.NONE, 56, 70, new SplittableRandom(1), new SplittableRandom(2));
        assertThat(same.rgb()).isEqualTo(SCENE.rgb());
        assertThat(same.depth()).isEqualTo(SCENE.depth());
        assertThat(same.intrinsics()).isEqualTo(SCENE.intrinsics());
    }

    @Test
    void drawsDetermineTheResult() {
        byte[] first = colored(5).rgb();
        assertThat(colored(5).rgb()).isEqualTo(first);
        assertThat(colored(6).rgb()).isNotEqualTo(first);
    }

    @Test
    void grayscaleLeavesNoColor() {
        Augmentation gray = new Augmentation(1, 0, 0, 0, 0, 0, 0, 0.1, 0, 0, 1);
        TrainingScene scene =
                SceneAugmentation.apply(SCENE, gray, 56, 70, new SplittableRandom(1), new SplittableRandom(2));
        for (int i = 0; i < scene.rgb().length; i += 3) {
            assertThat(scene.rgb()[i]).isEqualTo(scene.rgb()[i + 1]).isEqualTo(scene.rgb()[i + 2]);
        }
    }

    private static TrainingScene colored(long seed) {
        return SceneAugmentation.apply(
                SCENE,
                Augmentation.defaults(),
                28,
                42,
                RandomStreams.of(RandomStreams.Purpose.GEOMETRY, seed, 3, 1),
                RandomStreams.of(RandomStreams.Purpose.COLOR, seed, 3, 1));
    }
}
