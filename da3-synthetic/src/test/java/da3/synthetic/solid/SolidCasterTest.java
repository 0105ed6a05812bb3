package da3.synthetic.solid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.View;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import da3.synthetic.Box;
import da3.synthetic.Color;
import da3.synthetic.Cylinder;
import da3.synthetic.Lighting;
import da3.synthetic.RayCaster;
import da3.synthetic.RenderOptions;
import da3.synthetic.Sphere;
import da3.synthetic.SyntheticScene;
import da3.synthetic.Texture;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SolidCasterTest {

    private static final LinearRgb GRAY = new LinearRgb(0.5, 0.5, 0.5);
    private static final Pattern PAINT = new Pattern(Pattern.Kind.CHECKER, 1, 1, 0, GRAY, GRAY, GRAY, 0, 1);
    private static final Light LIGHT = new Light(GRAY, GRAY, List.of(), Optional.empty());
    private static final Camera AHEAD = new Camera(Pose.IDENTITY, new Intrinsics(10, 10, 4.5, 4.5)); // 9x9, z ahead

    private static Solid solid(Solid.Kind kind, Mat3 axes, Vec3 middle, Vec3 half) {
        return new Solid(kind, axes, middle, half, List.of(PAINT));
    }

    private static double ahead(Solid solid) {
        return at(solid, 4, 4);
    }

    private static double at(Solid solid, int x, int y) {
        View view = new SolidCaster(List.of(solid), LIGHT).render(AHEAD, 9, 9, new Exposure(1, 2.2));
        return view.depth().values()[9 * y + x];
    }

    @Test
    void depthMatchesTheClosedForm() {
        Vec3 five = new Vec3(0, 0, 5);
        assertThat(ahead(solid(Solid.Kind.SPHERE, Mat3.IDENTITY, five, new Vec3(1, 1, 1))))
                .isEqualTo(4);
        assertThat(ahead(solid(Solid.Kind.BOX, Mat3.IDENTITY, five, new Vec3(1, 2, 0.5))))
                .isEqualTo(4.5);
        assertThat(ahead(solid(Solid.Kind.CYLINDER, Mat3.IDENTITY, five, new Vec3(0.75, 2, 0.75))))
                .isEqualTo(4.25);
        // A cone of radius 1 and height 4 is half as wide at half of its height.
        assertThat(ahead(solid(Solid.Kind.CONE, Mat3.IDENTITY, five, new Vec3(1, 2, 1))))
                .isEqualTo(4.5);
        // Rotated by 90 degrees about x, a cylinder shows its end and a cone its base or its tip.
        Mat3 toViewer = new Mat3(1, 0, 0, 0, 0, 1, 0, -1, 0);
        Mat3 away = new Mat3(1, 0, 0, 0, 0, -1, 0, 1, 0);
        assertThat(ahead(solid(Solid.Kind.CYLINDER, away, five, new Vec3(0.75, 2, 0.75))))
                .isEqualTo(3);
        assertThat(ahead(solid(Solid.Kind.CONE, away, five, new Vec3(1, 2, 1)))).isEqualTo(3);
        assertThat(ahead(solid(Solid.Kind.CONE, toViewer, five, new Vec3(1, 2, 1))))
                .isCloseTo(3, within(1e-6));
        // A box rotated by 45 degrees about y shows its edge.
        double s = Math.sqrt(0.5);
        Mat3 eighth = new Mat3(s, 0, s, 0, 1, 0, -s, 0, s);
        assertThat(ahead(solid(Solid.Kind.BOX, eighth, five, new Vec3(1, 1, 1))))
                .isCloseTo(5 - Math.sqrt(2), within(1e-6));
    }

    @Test
    void depthIsAlongTheAxisNotTheRay() {
        Solid wall = solid(Solid.Kind.BOX, Mat3.IDENTITY, new Vec3(0, 0, 7), new Vec3(50, 50, 1));
        assertThat(at(wall, 0, 8)).isCloseTo(6, within(1e-6));
        Solid room = solid(Solid.Kind.BOX, Mat3.IDENTITY, Vec3.ZERO, new Vec3(50, 50, 3));
        assertThat(at(room, 8, 0)).as("from inside").isCloseTo(3, within(1e-6));
        // The pixel center is 4 columns right of the image center, so the direction is (0.4, 0, 1).
        Solid ball = solid(Solid.Kind.SPHERE, Mat3.IDENTITY, new Vec3(2, 0, 5), new Vec3(1, 1, 1));
        assertThat(at(ball, 8, 4)).isCloseTo(5 - 1 / Math.sqrt(1.16), within(1e-6));
    }

    /** Compares with the other ray caster, which shares no code with this one. */
    @Test
    void agreesWithRayCaster() {
        double yaw = 0.4;
        double c = Math.cos(yaw);
        double s = Math.sin(yaw);
        List<Solid> solids = List.of(
                solid(
                        Solid.Kind.BOX,
                        new Mat3(c, 0, s, 0, 1, 0, -s, 0, c),
                        new Vec3(-1, 0.3, 5),
                        new Vec3(1, 0.7, 0.4)),
                solid(Solid.Kind.SPHERE, Mat3.IDENTITY, new Vec3(0.5, -0.4, 4), new Vec3(0.6, 0.6, 0.6)),
                solid(Solid.Kind.CYLINDER, Mat3.IDENTITY, new Vec3(1, 0, 6), new Vec3(0.5, 2, 0.5)));
        Texture white = new Texture.Solid(new Color(1, 1, 1));
        SyntheticScene scene = new SyntheticScene(
                List.of(
                        new Box(new Vec3(-1, 0.3, 5), new Vec3(2, 1.4, 0.8), yaw, white),
                        new Sphere(new Vec3(0.5, -0.4, 4), 0.6, white),
                        new Cylinder(new Vec3(1, -2, 6), new Vec3(1, 2, 6), 0.5, white)),
                Lighting.daylight(),
                Optional.empty());
        Camera camera = new Camera(
                new Pose(new Mat3(c, s, 0, -s, c, 0, 0, 0, 1), new Vec3(0.1, 0.2, 0.3)),
                new Intrinsics(50, 50, 32, 24));
        float[] fast = new SolidCaster(solids, LIGHT)
                .render(camera, 48, 64, new Exposure(1, 2.2))
                .depth()
                .values();
        float[] other = RayCaster.render(
                        scene,
                        camera,
                        64,
                        48,
                        RenderOptions.defaults().withSamples(1).withThreads(1))
                .view()
                .depth()
                .values();
        int met = 0;
        for (int i = 0; i < fast.length; i++) {
            assertThat(fast[i]).as("pixel %d", i).isCloseTo(other[i], within(1e-5f));
            met += fast[i] > 0 ? 1 : 0;
        }
        assertThat(met).isBetween(500, 2500);
    }

    @Test
    void solidsCastShadows() {
        Solid floor = solid(Solid.Kind.BOX, Mat3.IDENTITY, new Vec3(0, -1, 5), new Vec3(50, 0.5, 50));
        Solid roof = solid(Solid.Kind.BOX, Mat3.IDENTITY, new Vec3(0, 9, 5), new Vec3(50, 0.5, 50));
        Light sun = new Light(
                GRAY.times(0.1),
                GRAY.times(0.1),
                List.of(new Light.Source(true, new Vec3(0, 1, 0), GRAY)),
                Optional.empty());
        // The y axis of the world is up and that of the camera is down.
        Camera camera = new Camera(
                new Pose(new Mat3(1, 0, 0, 0, -1, 0, 0, 0, -1), new Vec3(0, 0, 5)), new Intrinsics(10, 10, 4.5, 4.5));
        int lit = gray(List.of(floor), sun, camera);
        int shaded = gray(List.of(floor, roof), sun, camera);
        assertThat(lit).isGreaterThan(shaded + 50);
        assertThat(shaded).isPositive();
    }

    private static int gray(List<Solid> solids, Light light, Camera camera) {
        return new SolidCaster(solids, light)
                .render(camera, 9, 9, new Exposure(1, 2.2))
                .image()
                .channel(4, 7, 1);
    }
}
