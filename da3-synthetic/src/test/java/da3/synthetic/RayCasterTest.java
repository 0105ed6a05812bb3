package da3.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.math.Vec3;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RayCasterTest {

    private static final RenderOptions PLAIN = RenderOptions.defaults().withSamples(1);
    private static final Texture GRAY = new Texture.Solid(new Color(0.5, 0.5, 0.5));

    @Test
    void depthOfASphereMatchesTheClosedForm() {
        Intrinsics k = new Intrinsics(60, 55, 31, 26);
        Rendering r = RayCaster.render(
                SampleScenes.sphere(), new Camera(CameraRig.lookAt(new Vec3(0, 0, 3), Vec3.ZERO), k), 64, 48, PLAIN);
        int hits = 0;
        for (int y = 0; y < 48; y++) {
            for (int x = 0; x < 64; x++) {
                double a = (x + 0.5 - k.cx()) / k.fx();
                double b = (y + 0.5 - k.cy()) / k.fy();
                // |z (a, b, 1) - (0, 0, 3)| = 1, the smaller root
                double s = a * a + b * b + 1;
                double root = 9 - 8 * s;
                boolean hit = root >= 0;
                assertThat(r.sky().at(x, y)).isEqualTo(hit ? 0 : 1);
                double expected = hit ? (3 - Math.sqrt(root)) / s : 0;
                assertThat((double) r.view().depth().at(x, y)).isCloseTo(expected, within(1e-6));
                hits += hit ? 1 : 0;
            }
        }
        assertThat(hits).isBetween(1000, 2500);
    }

    @Test
    void depthOfAPlaneMatchesTheClosedForm() {
        Parallelogram ground = Parallelogram.level(Vec3.ZERO, 1000, 1000, GRAY);
        SyntheticScene scene = new SyntheticScene(List.of(ground), Lighting.daylight(), Optional.empty());
        Intrinsics k = CameraRig.lens(40, 30, 1.0);
        Camera camera = new Camera(CameraRig.lookAt(new Vec3(1, 2, 3), new Vec3(1, 0, 0)), k);
        Rendering r = RayCaster.render(scene, camera, 40, 30, PLAIN.withNormals(true));
        double pitch = Math.atan2(2, 3);
        for (int y = 0; y < 30; y++) {
            double b = (y + 0.5 - k.cy()) / k.fy();
            double expected = 2 / (Math.sin(pitch) + b * Math.cos(pitch));
            for (int x = 0; x < 40; x++) {
                assertThat((double) r.view().depth().at(x, y)).isCloseTo(expected, within(1e-6 * expected));
                assertThat(r.normals().orElseThrow()[3 * (y * 40 + x) + 1]).isEqualTo(1);
            }
        }
    }

    @Test
    void findsTheFacesOfBoxesAndCylinders() {
        Ray down = new Ray(new Vec3(0.1, 5, 0.1), new Vec3(0, -2, 0));
        assertThat(new Box(Vec3.ZERO, new Vec3(1, 2, 3), 0.3, GRAY).intersect(down, 0))
                .isEqualTo(2);
        assertThat(new Cylinder(Vec3.ZERO, new Vec3(0, 2, 0), 0.5, GRAY).intersect(down, 0))
                .isEqualTo(1.5);
        Ray level = new Ray(new Vec3(4, 1, 0), new Vec3(-1, 0, 0));
        assertThat(new Box(Vec3.ZERO, new Vec3(2, 3, 2), Math.PI / 4, GRAY).intersect(level, 0))
                .isCloseTo(4 - Math.sqrt(2), within(1e-12));
        assertThat(new Cylinder(Vec3.ZERO, new Vec3(0, 2, 0), 0.5, GRAY).intersect(level, 0))
                .isEqualTo(3.5);
        assertThat(new Sphere(Vec3.ZERO, 2, GRAY).intersect(level, 3)).isCloseTo(4 + Math.sqrt(3), within(1e-12));
    }

    @Test
    void theTreeAgreesWithAnExhaustiveSearch() {
        SyntheticScene scene = SampleScenes.thinObjects(5);
        RayCaster caster = new RayCaster(scene);
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            Ray ray = new Ray(
                    new Vec3(random.nextGaussian(), 1 + random.nextDouble(), 2),
                    new Vec3(random.nextGaussian(), 0.3 * random.nextGaussian(), -1));
            double least = scene.surfaces().stream()
                    .mapToDouble(s -> s.intersect(ray, 0))
                    .min()
                    .orElseThrow();
            assertThat(caster.distance(ray)).isEqualTo(least);
        }
    }

    @Test
    void theSunCastsShadows() {
        SyntheticScene scene = new SyntheticScene(
                List.of(
                        Parallelogram.level(Vec3.ZERO, 10, 10, GRAY),
                        Parallelogram.level(new Vec3(0, 1, 0), 2, 2, GRAY)),
                Lighting.daylight().withSun(new Vec3(0, 1, 0), new Color(1, 1, 1)),
                Optional.empty());
        Camera camera =
                new Camera(CameraRig.lookAt(new Vec3(0, 0.5, 4), new Vec3(0, 0, 0)), CameraRig.lens(40, 30, 1.0));
        Rendering r = RayCaster.render(scene, camera, 40, 30, PLAIN);
        int shadow = r.view().image().channel(20, 15, 0);
        int lit = r.view().image().channel(20, 29, 0);
        assertThat(lit).isGreaterThan(shadow + 40);
    }

    @Test
    void rejectsInvalidCamerasAndOptions() {
        Camera blind = new Camera(Pose.IDENTITY, new Intrinsics(0, 1, 0, 0));
        assertThatThrownBy(() -> RayCaster.render(SampleScenes.sphere(), blind, 4, 4, PLAIN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("focal lengths of the camera's intrinsics must be positive");
        assertThatThrownBy(() -> RenderOptions.defaults().withSamples(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be from 1 to 16, got 0");
    }
}
