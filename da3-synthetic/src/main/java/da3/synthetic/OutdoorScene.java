package da3.synthetic;

import da3.geometry.math.Vec3;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Houses on a street. The seed chooses colors, trees and clouds. */
final class OutdoorScene {

    private static final int[] ROOFS = {0x9c4a32, 0x6e3b30, 0x59616b, 0x8a5a3a};
    private static final int[] BRICKS = {0xb06a4a, 0xc9b28c, 0x9c5240, 0xd8cbb4};
    private static final int[] DOORS = {0x2f5d50, 0x7a2e2e, 0x28456b};

    private final Random random;
    private final long seed;
    private final List<Surface> surfaces = new ArrayList<>();

    OutdoorScene(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    SyntheticScene scene() {
        ground();
        house(new Vec3(-5.6, 0, -9), 5.2, 3.1, 5);
        house(new Vec3(1.4, 0, -9.6), 5.6, 3.6, 5.4);
        house(new Vec3(8.6, 0, -9.2), 5, 2.9, 5);
        trees();
        street();
        hills();
        Lighting light = Lighting.daylight().withSun(new Vec3(-0.62, 0.66, 0.62), new Color(1.35, 1.22, 1.0));
        return new SyntheticScene(surfaces, light, Optional.of(Sky.fair(seed)));
    }

    private void ground() {
        Texture grass = new Texture.Mottled(Color.srgb(0x4c6b2f), Color.srgb(0x87a052), 1.6, 7, seed);
        surfaces.add(Parallelogram.level(Vec3.ZERO, 320, 320, grass));
        Texture asphalt = new Texture.Mottled(Color.srgb(0x55565a), Color.srgb(0x74757a), 0.5, 7, seed + 1);
        surfaces.add(Parallelogram.level(new Vec3(0, 0.02, -0.6), 160, 4.6, asphalt));
        Texture curb = new Texture.Bricks(Color.srgb(0xb9b5ac), Color.srgb(0x7c7971), 0.9, 0.45, 0.02, seed + 2);
        for (double z : new double[] {-3.5, 2.3}) {
            surfaces.add(new Box(new Vec3(0, 0.05, z), new Vec3(160, 0.1, 1.2), 0, curb));
        }
        for (double x = -39; x < 40; x += 3) {
            surfaces.add(Parallelogram.level(new Vec3(x, 0.025, -0.6), 1.4, 0.13, solid(0xe8e4d8)));
        }
    }

    /** Adds a house; {@code foot} is the center of the lower edge of its front wall. */
    private void house(Vec3 foot, double width, double height, double depth) {
        Texture wall =
                new Texture.Bricks(Color.srgb(pick(BRICKS)), Color.srgb(0xb8b0a2), 0.5, 0.17, 0.018, random.nextLong());
        surfaces.add(Box.standing(foot.plus(new Vec3(0, 0, -depth / 2)), new Vec3(width, height, depth), 0, wall));
        double rise = 0.36 * width;
        // The gable is the upper half of a rhombus whose lower half is behind the wall.
        Vec3 eave = foot.plus(new Vec3(-width / 2, height, -0.01));
        Vec3 up = new Vec3(width / 2, rise, 0);
        for (double back : new double[] {0, depth - 0.02}) {
            surfaces.add(new Parallelogram(eave.plus(new Vec3(0, 0, -back)), new Vec3(width / 2, -rise, 0), up, wall));
        }
        Texture tiles =
                new Texture.Bricks(Color.srgb(pick(ROOFS)), Color.srgb(0x3a2b26), 0.4, 0.3, 0.03, random.nextLong());
        Vec3 ridge = foot.plus(new Vec3(0, height + rise, 0.35));
        Vec3 along = new Vec3(0, 0, -depth - 0.7);
        surfaces.add(new Parallelogram(ridge, along, new Vec3(-width / 2 - 0.35, -rise * (1 + 0.7 / width), 0), tiles));
        surfaces.add(new Parallelogram(ridge, along, new Vec3(width / 2 + 0.35, -rise * (1 + 0.7 / width), 0), tiles));
        surfaces.add(Box.standing(
                foot.plus(new Vec3(width * 0.24, height, -depth * 0.6)), new Vec3(0.6, rise + 0.7, 0.6), 0, wall));
        front(foot, width, height);
    }

    private void front(Vec3 foot, double width, double height) {
        surfaces.add(Box.standing(foot, new Vec3(1, 2.05, 0.08), 0, solid(pick(DOORS))));
        surfaces.add(Box.standing(foot.plus(new Vec3(0, 0, 0.3)), new Vec3(1.5, 0.16, 0.7), 0, solid(0xa39d92)));
        surfaces.add(new Sphere(foot.plus(new Vec3(0.38, 1.05, 0.07)), 0.045, solid(0xd8b04a)));
        for (double side : new double[] {-0.31, 0.31}) {
            Vec3 middle = foot.plus(new Vec3(side * width, 0.5 * height, 0));
            surfaces.add(new Box(middle, new Vec3(1.2, 1.3, 0.08), 0, solid(0xf2efe8)));
            Texture glass = new Texture.Gradient(Color.srgb(0x223240), Color.srgb(0x7f9db3), 0.55);
            for (int pane = 0; pane < 4; pane++) {
                Vec3 corner = middle.plus(new Vec3((pane & 1) == 0 ? -0.53 : 0.03, pane < 2 ? -0.58 : 0.03, 0.045));
                surfaces.add(new Parallelogram(corner, new Vec3(0.5, 0, 0), new Vec3(0, 0.55, 0), glass));
            }
        }
    }

    private void trees() {
        tree(new Vec3(-2.2, 0, -5.2), 1);
        tree(new Vec3(5.1, 0, -5.0), 0.85);
        tree(new Vec3(-9.6, 0, -6), 1.15);
        tree(new Vec3(12.5, 0, -6.5), 1.1);
        for (int i = 0; i < 12; i++) {
            double x = -30 + 5.5 * i + 2 * random.nextDouble();
            tree(new Vec3(x, 0, -21 - 7 * random.nextDouble()), 1.3 + 0.7 * random.nextDouble());
        }
    }

    private void tree(Vec3 foot, double size) {
        Texture bark = new Texture.Mottled(Color.srgb(0x4a3524), Color.srgb(0x7d6248), 0.12, 4, random.nextLong());
        surfaces.add(Cylinder.standing(foot, 1.9 * size, 0.13 * size, bark));
        double warmth = random.nextDouble();
        Color dark = Color.srgb(0x23431f).mixed(Color.srgb(0x4a4a1c), warmth);
        Color light = Color.srgb(0x6f9a3e).mixed(Color.srgb(0xa39a3c), warmth);
        Texture leaves = new Texture.Mottled(dark, light, 0.22, 5, random.nextLong());
        surfaces.add(new Sphere(foot.plus(new Vec3(0, 2.7 * size, 0)), 0.95 * size, leaves));
        for (int i = 0; i < 6; i++) {
            double angle = i * Math.PI / 3 + random.nextDouble();
            Vec3 off = new Vec3(
                    StrictMath.cos(angle) * 0.62, 2.15 + 0.75 * random.nextDouble(), StrictMath.sin(angle) * 0.62);
            surfaces.add(new Sphere(foot.plus(off.times(size)), (0.5 + 0.2 * random.nextDouble()) * size, leaves));
        }
    }

    private void street() {
        Texture iron = solid(0x2f3438);
        for (double x : new double[] {-6.4, 7.6}) {
            Vec3 foot = new Vec3(x, 0, -3.1);
            surfaces.add(Cylinder.standing(foot, 3.6, 0.05, iron));
            surfaces.add(new Sphere(foot.plus(new Vec3(0, 3.75, 0)), 0.2, solid(0xf6f0dc)));
        }
        for (double x = -3.4; x < 7; x += 0.16) {
            if (Math.abs(x - 1.4) > 0.7) {
                surfaces.add(new Box(new Vec3(x, 0.5, -6.6), new Vec3(0.09, 0.9, 0.03), 0, solid(0xefece4)));
            }
        }
        Color body = Color.srgb(pick(DOORS)).times(1.5);
        Vec3 car = new Vec3(-3.6, 0.28, -2.05);
        surfaces.add(Box.standing(car, new Vec3(3.5, 0.55, 1.45), 0, new Texture.Solid(body)));
        surfaces.add(Box.standing(car.plus(new Vec3(-0.1, 0.55, 0)), new Vec3(1.9, 0.5, 1.3), 0, solid(0x39474f)));
        surfaces.add(Box.standing(
                car.plus(new Vec3(-0.1, 1.05, 0)), new Vec3(1.95, 0.06, 1.34), 0, new Texture.Solid(body)));
        for (int wheel = 0; wheel < 4; wheel++) {
            Vec3 hub = car.plus(new Vec3((wheel & 1) == 0 ? -1.1 : 1.1, 0.05, wheel < 2 ? -0.62 : 0.56));
            surfaces.add(new Cylinder(hub, hub.plus(new Vec3(0, 0, 0.19)), 0.31, solid(0x1d1d1f)));
            surfaces.add(new Cylinder(hub, hub.plus(new Vec3(0, 0, 0.2)), 0.16, solid(0xb9bcc0)));
        }
    }

    private void hills() {
        for (int i = 0; i < 9; i++) {
            double radius = 60 + 30 * random.nextDouble();
            Vec3 middle = new Vec3(-120 + 30 * i, -radius * 0.86, -95 - 25 * random.nextDouble());
            Texture wood = new Texture.Mottled(Color.srgb(0x35552f), Color.srgb(0x6d8a5a), 3, 5, seed + 20 + i);
            surfaces.add(new Sphere(middle, radius, wood));
        }
    }

    private int pick(int[] colors) {
        return colors[random.nextInt(colors.length)];
    }

    private static Texture solid(int hex) {
        return new Texture.Solid(Color.srgb(hex));
    }
}
