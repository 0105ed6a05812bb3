package da3.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import da3.geometry.Camera;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.math.Vec3;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SampleScenesTest {

    private static final int WIDTH = 96;
    private static final int HEIGHT = 72;

    private static List<Rendering> renderings(SyntheticScene world, CameraRig rig, RenderOptions options) {
        return SyntheticRenderer.renderings(
                world, rig.cameras(CameraRig.lens(WIDTH, HEIGHT, 1.15)), WIDTH, HEIGHT, options);
    }

    static Stream<Arguments> worlds() {
        return Stream.of(
                Arguments.of("indoor", SampleScenes.indoor(1), SampleScenes.indoorArc(), 1.5, 6.0, 0.0, 0.2),
                Arguments.of("outdoor", SampleScenes.outdoor(1), SampleScenes.outdoorArc(), 5.0, 150.0, 0.05, 0.5),
                Arguments.of("thin", SampleScenes.thinObjects(1), SampleScenes.thinObjectsArc(), 3.0, 40.0, 0.0, 0.5),
                Arguments.of("sphere", SampleScenes.sphere(), Arc.orbit(Vec3.ZERO, 3, 1, 4), 2.0, 3.5, 0.3, 0.9));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("worlds")
    void depthsAreInTheStatedRange(
            String name,
            SyntheticScene world,
            CameraRig rig,
            double near,
            double far,
            double leastSky,
            double mostSky) {
        for (Rendering rendering :
                renderings(world, rig, RenderOptions.defaults().withSamples(1))) {
            float[] depth = rendering.view().depth().values();
            double least = Double.POSITIVE_INFINITY;
            double most = 0;
            int sky = 0;
            for (int i = 0; i < depth.length; i++) {
                assertThat(depth[i] == 0).isEqualTo(rendering.sky().values()[i] == 1);
                if (depth[i] == 0) {
                    sky++;
                } else {
                    least = Math.min(least, depth[i]);
                    most = Math.max(most, depth[i]);
                }
            }
            assertThat(least).as(name).isBetween(near, far);
            assertThat(most).as(name).isBetween(1.2 * least, far);
            assertThat(sky / (double) depth.length).as(name).isBetween(leastSky, mostSky);
        }
    }

    /** A point that one camera sees has the same position in the view of another one, unless it is hidden there. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("worlds")
    void viewsAgree(
            String name,
            SyntheticScene world,
            CameraRig rig,
            double near,
            double far,
            double leastSky,
            double mostSky) {
        Scene scene = SyntheticRenderer.scene(
                renderings(world, rig, RenderOptions.defaults().withSamples(1)));
        int compared = 0;
        int agree = 0;
        for (int a = 0; a < scene.views().size(); a++) {
            View from = scene.view(a);
            View to = scene.view((a + 1) % scene.views().size());
            for (int i = 0; i < WIDTH * HEIGHT; i++) {
                double z = from.depth().values()[i];
                if (z > 0) {
                    Vec3 seen = project(to, unproject(from, i % WIDTH + 0.5, i / WIDTH + 0.5, z));
                    double other = smoothDepth(to.depth(), seen.x() - 0.5, seen.y() - 0.5, seen.z());
                    if (other > 0) {
                        compared++;
                        agree += Math.abs(other / seen.z() - 1) < 2e-3 ? 1 : 0;
                    }
                }
            }
        }
        assertThat(compared).as(name).isGreaterThan(300);
        assertThat(agree / (double) compared).as(name + " of " + compared).isGreaterThan(0.995);
    }

    /** Returns the interpolated depth, which is exact on planes; -1 outside the image, and at edges and creases. */
    private static double smoothDepth(ScalarMap depth, double x, double y, double expected) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        if (expected <= 0 || left < 1 || top < 1 || left + 2 >= WIDTH || top + 2 >= HEIGHT) {
            return -1;
        }
        double u = x - left;
        double v = y - top;
        double[] corners = {
            depth.at(left, top), depth.at(left + 1, top), depth.at(left, top + 1), depth.at(left + 1, top + 1)
        };
        for (double corner : corners) {
            if (Math.abs(corner / expected - 1) > 0.03) {
                return -1;
            }
        }
        // Inverse depth is affine on a plane; elsewhere there is a crease or a curved surface.
        double twist = 1 / corners[0] + 1 / corners[3] - 1 / corners[1] - 1 / corners[2];
        double step = Math.abs(1 / depth.at(left + 2, top) - 2 / corners[1] + 1 / corners[0])
                + Math.abs(1 / depth.at(left, top + 2) - 2 / corners[2] + 1 / corners[0])
                + Math.abs(1 / depth.at(left - 1, top) - 2 / corners[0] + 1 / corners[1])
                + Math.abs(1 / depth.at(left, top - 1) - 2 / corners[0] + 1 / corners[2]);
        if (!((Math.abs(twist) + step) * expected < 8e-3)) {
            return -1;
        }
        return 1 / ((1 - v) * ((1 - u) / corners[0] + u / corners[1]) + v * ((1 - u) / corners[2] + u / corners[3]));
    }

    private static Vec3 unproject(View view, double u, double v, double z) {
        Camera camera = view.camera().orElseThrow();
        var k = camera.intrinsics();
        return camera.pose().inverse().transform(new Vec3((u - k.cx()) / k.fx() * z, (v - k.cy()) / k.fy() * z, z));
    }

    /** Returns column, row and depth of a point. */
    private static Vec3 project(View view, Vec3 world) {
        Camera camera = view.camera().orElseThrow();
        var k = camera.intrinsics();
        Vec3 p = camera.pose().transform(world);
        return new Vec3(p.x() / p.z() * k.fx() + k.cx(), p.y() / p.z() * k.fy() + k.cy(), p.z());
    }

    @Test
    void theSameSeedGivesTheSameBytesForAnyNumberOfThreads() {
        RenderOptions options = RenderOptions.defaults().withSamples(2).withNormals(true);
        Arc arc = SampleScenes.indoorArc().withCount(1).withJitter(0.05, 3);
        Rendering one =
                renderings(SampleScenes.indoor(7), arc, options.withThreads(1)).get(0);
        Rendering four =
                renderings(SampleScenes.indoor(7), arc, options.withThreads(4)).get(0);
        assertThat(four.view().image().rgb()).isEqualTo(one.view().image().rgb());
        assertThat(four.view().depth().values()).isEqualTo(one.view().depth().values());
        assertThat(four.normals().orElseThrow()).isEqualTo(one.normals().orElseThrow());
    }

    @Test
    void anotherSeedGivesAnotherScene() {
        RenderOptions options = RenderOptions.defaults().withSamples(1);
        for (Arc arc : List.of(
                SampleScenes.indoorArc().withCount(1), SampleScenes.outdoorArc().withCount(1))) {
            boolean indoor = arc.radius() < 5;
            Rendering a = renderings(indoor ? SampleScenes.indoor(1) : SampleScenes.outdoor(1), arc, options)
                    .get(0);
            Rendering b = renderings(indoor ? SampleScenes.indoor(2) : SampleScenes.outdoor(2), arc, options)
                    .get(0);
            assertThat(b.view().image().rgb()).isNotEqualTo(a.view().image().rgb());
            assertThat(b.view().depth().values()).isNotEqualTo(a.view().depth().values());
        }
    }

    @Test
    void rigsPlaceCamerasAsDocumented() {
        List<Vec3> arc = centers(Arc.orbit(new Vec3(1, 2, 3), 2, 1, 4));
        assertThat(arc).hasSize(4);
        assertThat(arc.get(1).minus(new Vec3(3, 3, 3)).norm()).isLessThan(1e-12);
        List<Vec3> walk = centers(new Walk(Vec3.ZERO, new Vec3(0, 0, -4), 5, 0, 0));
        assertThat(walk.get(4).minus(new Vec3(0, 0, -4)).norm()).isLessThan(1e-12);
        RandomPoses random =
                new RandomPoses(SampleScenes.indoor(1), new Vec3(-2, 0.8, -2), new Vec3(2, 2, 2), 0.4, 0.4, 5, 9);
        assertThat(random.poses())
                .isEqualTo(random.poses())
                .isNotEqualTo(random.withSeed(10).poses());
        random.poses().forEach(pose -> pose.requireRigid("random pose"));
    }

    private static List<Vec3> centers(CameraRig rig) {
        return rig.poses().stream().map(pose -> pose.cameraCenter()).toList();
    }
}
