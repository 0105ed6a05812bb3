package da3.streaming.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.Sim3;
import da3.geometry.View;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import da3.streaming.window.AlignmentModel;
import da3.synthetic.CameraRig;
import da3.synthetic.RayCaster;
import da3.synthetic.RenderOptions;
import da3.synthetic.SampleScenes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoopVerificationTest {

    private static final int WIDTH = 32;
    private static final int HEIGHT = 24;

    /** Eight frames along an arc; the first four are the earlier end. */
    private static final List<View> VIEWS = views();

    private static final Sim3 EARLIER = new Sim3(2, new Quaternion(0.1, 0.2, 0, 1).toMatrix(), new Vec3(1, 2, 3));
    private static final Sim3 LATER = new Sim3(0.5, new Quaternion(0, 0.3, 0.1, 1).toMatrix(), new Vec3(-1, 0, 1));
    private static final Sim3 TOGETHER = new Sim3(1.5, new Quaternion(0.2, 0, 0.3, 1).toMatrix(), new Vec3(0, 1, 0));

    @Test
    void trueLoopsAreMeasured() {
        LoopMeasurement loop = verify(moved(VIEWS, TOGETHER)).orElseThrow();
        Pose expected = pose(moved(VIEWS, EARLIER).get(1))
                .compose(pose(moved(VIEWS, EARLIER).get(6)).inverse());
        assertThat(loop.motion().translation().minus(expected.translation()).norm())
                .isLessThan(1e-4);
        assertThat(loop.motion()
                        .rotation()
                        .times(expected.rotation().transpose())
                        .m00())
                .isCloseTo(1, within(1e-6));
        // a length of 1 m is 2 units of the earlier window and half a unit of the later one
        assertThat(loop.scaleRatio()).isCloseTo(4, within(1e-4));
    }

    /** A pass that shows other depth than the windows did has seen another place. */
    @Test
    void otherDepthIsRejected() {
        List<View> together = new ArrayList<>(moved(VIEWS, TOGETHER));
        for (int i = 4; i < 8; i++) {
            View view = together.get(i);
            float[] depth = view.depth().values().clone();
            for (int p = 0; p < depth.length; p++) {
                depth[p] *= p % WIDTH < WIDTH / 2 ? 1 : 3;
            }
            together.set(
                    i, new View(view.image(), new ScalarMap(WIDTH, HEIGHT, depth), view.confidence(), view.camera()));
        }
        assertThat(verify(together)).isEmpty();
    }

    /** Two halves that do not see each other determine no motion between them. */
    @Test
    void halvesThatShareNothingAreRejected() {
        List<View> together = new ArrayList<>(moved(VIEWS.subList(0, 4), TOGETHER));
        Sim3 away = new Sim3(1.5, new Quaternion(0, 1, 0, 0).toMatrix(), new Vec3(50, 0, 0));
        together.addAll(moved(VIEWS.subList(4, 8), away));
        assertThat(verify(together)).isEmpty();
    }

    @Test
    void otherRotationsAreRejected() {
        List<View> together = new ArrayList<>(moved(VIEWS, TOGETHER));
        Sim3 turn = new Sim3(1, new Quaternion(0, 0, Math.tan(Math.toRadians(2.5)), 1).toMatrix(), Vec3.ZERO);
        View last = together.get(7);
        Camera camera = last.camera().orElseThrow();
        Pose turned = new Pose(
                turn.rotation().times(camera.pose().rotation()), camera.pose().translation());
        together.set(
                7,
                new View(
                        last.image(),
                        last.depth(),
                        last.confidence(),
                        Optional.of(new Camera(turned, camera.intrinsics()))));
        assertThat(verify(together)).isEmpty();
    }

    private static Optional<LoopMeasurement> verify(List<View> together) {
        return LoopVerification.verify(
                moved(VIEWS.subList(0, 4), EARLIER),
                1,
                moved(VIEWS.subList(4, 8), LATER),
                2,
                together,
                AlignmentModel.SIM3,
                1,
                LoopVerification.MIN_AGREEMENT);
    }

    private static List<View> views() {
        Intrinsics k = CameraRig.lens(WIDTH, HEIGHT, Math.toRadians(60));
        RayCaster caster = new RayCaster(SampleScenes.indoor(1));
        return SampleScenes.indoorArc().withCount(8).cameras(k).stream()
                .map(camera -> caster.render(
                                camera,
                                WIDTH,
                                HEIGHT,
                                RenderOptions.defaults().withSamples(1).withThreads(1))
                        .view())
                .toList();
    }

    private static List<View> moved(List<View> views, Sim3 similarity) {
        return views.stream()
                .map(view -> new View(
                        view.image(),
                        view.depth().scaled(similarity.scale()),
                        view.confidence(),
                        view.camera().map(c -> new Camera(similarity.applyToPose(c.pose()), c.intrinsics()))))
                .toList();
    }

    private static Pose pose(View view) {
        return view.camera().orElseThrow().pose();
    }
}
