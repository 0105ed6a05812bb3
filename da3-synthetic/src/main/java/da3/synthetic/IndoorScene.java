package da3.synthetic;

import da3.geometry.math.Vec3;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A living room with sunlight through a window in the left wall. The seed chooses colors, books, boxes and objects. */
final class IndoorScene {

    private static final double X = 2.8;
    private static final double Y = 2.7;
    private static final double Z = 2.4;

    private static final int[] PAINT = {0xd9cfbf, 0xc9d3cd, 0xd8c6b8, 0xcdd0d9};
    private static final int[] BRIGHT = {0xc0392b, 0x2f6f9f, 0xd99a2b, 0x3f7f5f, 0x7a4f8f, 0xd8693c};

    private final Random random;
    private final long seed;
    private final List<Surface> surfaces = new ArrayList<>();

    IndoorScene(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    SyntheticScene scene() {
        shell();
        window();
        table();
        shelf();
        floorObjects();
        pictures();
        Vec3 bulb = new Vec3(0.25, 2.12, -0.5);
        surfaces.add(new Sphere(bulb, 0.14, new Texture.Glow(new Color(1.9, 1.7, 1.35))));
        surfaces.add(Cylinder.standing(bulb.plus(new Vec3(0, 0.13, 0)), Y - 2.25, 0.008, solid(0x222222)));
        Lighting lighting = Lighting.daylight()
                .withSun(new Vec3(-0.86, 0.62, 0.22), new Color(2.1, 1.85, 1.45))
                .withAmbient(new Color(0.31, 0.32, 0.34), new Color(0.27, 0.245, 0.215))
                .withLamp(new Lighting.Lamp(bulb, new Color(1.7, 1.45, 1.1)));
        return new SyntheticScene(surfaces, lighting, Optional.of(Sky.fair(seed)));
    }

    private void shell() {
        Texture floor = new Texture.Planks(Color.srgb(0xb98a5a), Color.srgb(0x7d5231), 0.14, 1.3, seed);
        Color paint = Color.srgb(pick(PAINT));
        Texture wall = new Texture.Mottled(paint.times(0.93), paint, 0.35, 4, seed + 1);
        surfaces.add(Parallelogram.level(new Vec3(0, 0, 0), 2 * X, 2 * Z, floor));
        surfaces.add(Parallelogram.level(new Vec3(0, Y, 0), 2 * X, 2 * Z, solid(0xeceae4)));
        Texture back = new Texture.Mottled(Color.srgb(0x5f7f86), Color.srgb(0x6f8f94), 0.5, 4, seed + 2);
        surfaces.add(new Parallelogram(new Vec3(-X, 0, -Z), new Vec3(2 * X, 0, 0), new Vec3(0, Y, 0), back));
        surfaces.add(new Parallelogram(new Vec3(X, 0, Z), new Vec3(-2 * X, 0, 0), new Vec3(0, Y, 0), wall));
        surfaces.add(new Parallelogram(new Vec3(X, 0, -Z), new Vec3(0, 0, 2 * Z), new Vec3(0, Y, 0), wall));
        // The left wall around its window.
        leftWall(0, Y, -Z, -1.5, wall);
        leftWall(0, Y, 0.1, Z, wall);
        leftWall(0, 0.85, -1.5, 0.1, wall);
        leftWall(2.25, Y, -1.5, 0.1, wall);
        for (double z : new double[] {-Z, Z}) {
            surfaces.add(Box.standing(new Vec3(0, 0, z), new Vec3(2 * X, 0.09, 0.03), 0, solid(0xf1eee8)));
        }
        for (double x : new double[] {-X, X}) {
            surfaces.add(Box.standing(new Vec3(x, 0, 0), new Vec3(0.03, 0.09, 2 * Z), 0, solid(0xf1eee8)));
        }
    }

    private void leftWall(double bottom, double top, double back, double front, Texture wall) {
        surfaces.add(new Parallelogram(
                new Vec3(-X, bottom, front), new Vec3(0, 0, back - front), new Vec3(0, top - bottom, 0), wall));
    }

    private void window() {
        Texture frame = solid(0xf4f2ec);
        double middle = -0.7;
        for (double z : new double[] {-1.5, middle, 0.1}) {
            surfaces.add(new Box(new Vec3(-X, 1.55, z), new Vec3(0.09, 1.46, 0.06), 0, frame));
        }
        for (double y : new double[] {0.85, 1.75, 2.25}) {
            surfaces.add(new Box(new Vec3(-X, y, middle), new Vec3(0.09, 0.06, 1.66), 0, frame));
        }
        surfaces.add(new Box(new Vec3(-X + 0.1, 0.83, middle), new Vec3(0.24, 0.035, 1.8), 0, frame));
        Vec3 sill = new Vec3(-X + 0.12, 0.85, -1.1);
        surfaces.add(Cylinder.standing(sill, 0.13, 0.07, solid(0xb5623c)));
        surfaces.add(new Sphere(
                sill.plus(new Vec3(0, 0.24, 0)),
                0.14,
                new Texture.Mottled(Color.srgb(0x2c5a2a), Color.srgb(0x6aa04a), 0.05, 3, seed + 3)));
    }

    private void table() {
        double top = 0.74;
        Vec3 middle = new Vec3(-0.1, top, -0.7);
        Texture wood = new Texture.Planks(Color.srgb(0x9a6a3f), Color.srgb(0x5d3a20), 0.2, 2.4, seed + 4);
        surfaces.add(new Box(middle.plus(new Vec3(0, -0.02, 0)), new Vec3(1.5, 0.04, 0.85), 0, wood));
        for (int leg = 0; leg < 4; leg++) {
            double x = middle.x() + ((leg & 1) == 0 ? -0.68 : 0.68);
            double z = middle.z() + (leg < 2 ? -0.36 : 0.36);
            surfaces.add(Cylinder.standing(new Vec3(x, 0, z), top - 0.04, 0.032, wood));
        }
        surfaces.add(new Sphere(
                middle.plus(new Vec3(-0.42, 0.15, 0.08)),
                0.15,
                new Texture.Checker(Color.srgb(0xf0ece2), Color.srgb(pick(BRIGHT)), 0.075)));
        Texture glaze = new Texture.Stripes(Color.srgb(0x24506e), Color.srgb(0xe9e3d4), 0.045);
        surfaces.add(Cylinder.standing(middle.plus(new Vec3(0.1, 0, -0.18)), 0.32, 0.09, glaze));
        surfaces.add(Box.standing(
                middle.plus(new Vec3(0.45, 0, 0.12)), new Vec3(0.34, 0.05, 0.24), 0.35, solid(pick(BRIGHT))));
        surfaces.add(Box.standing(
                middle.plus(new Vec3(0.46, 0.05, 0.11)), new Vec3(0.3, 0.04, 0.21), 0.1, solid(pick(BRIGHT))));
        surfaces.add(new Sphere(middle.plus(new Vec3(0.06, 0.055, 0.22)), 0.055, solid(0xc9482f)));
        surfaces.add(new Sphere(middle.plus(new Vec3(-0.07, 0.05, 0.27)), 0.05, solid(0x8fae3c)));
    }

    private void shelf() {
        double x = 2.2;
        double z = -Z + 0.17;
        Texture board = new Texture.Planks(Color.srgb(0xd8b98a), Color.srgb(0xa98355), 0.3, 1.5, seed + 5);
        for (double side : new double[] {-0.5, 0.5}) {
            surfaces.add(Box.standing(new Vec3(x + side, 0, z), new Vec3(0.03, 1.9, 0.3), 0, board));
        }
        for (double y = 0.1; y < 1.95; y += 0.445) {
            surfaces.add(new Box(new Vec3(x, y, z), new Vec3(0.97, 0.03, 0.3), 0, board));
            if (y < 1.7) {
                books(x - 0.46, x + 0.44, y + 0.015, z);
            }
        }
    }

    private void books(double from, double to, double foot, double z) {
        double end = from + (to - from) * (0.55 + 0.4 * random.nextDouble());
        for (double x = from; x < end; ) {
            double thickness = 0.03 + 0.035 * random.nextDouble();
            Vec3 size = new Vec3(thickness - 0.003, 0.24 + 0.12 * random.nextDouble(), 0.2);
            Color cover = Color.srgb(pick(BRIGHT)).times(0.45 + 0.5 * random.nextDouble());
            surfaces.add(Box.standing(new Vec3(x + thickness / 2, foot, z + 0.02), size, 0, new Texture.Solid(cover)));
            x += thickness;
        }
    }

    private void floorObjects() {
        Texture rug = new Texture.Stripes(Color.srgb(0xa8433a), Color.srgb(0xe5d6bd), 0.16);
        surfaces.add(new Box(new Vec3(-0.1, 0.007, -0.3), new Vec3(2.7, 0.014, 2.1), 0, rug));
        Texture card = new Texture.Mottled(Color.srgb(0xa9824f), Color.srgb(0xc29a66), 0.3, 4, seed + 6);
        double turn = random.nextDouble();
        surfaces.add(Box.standing(new Vec3(-1.9, 0, -1.8), new Vec3(0.62, 0.5, 0.5), turn, card));
        surfaces.add(Box.standing(new Vec3(-1.9, 0.5, -1.82), new Vec3(0.4, 0.32, 0.36), turn + 0.4, card));
        surfaces.add(new Sphere(
                new Vec3(1.25, 0.24, 0.05),
                0.24,
                new Texture.Stripes(Color.srgb(pick(BRIGHT)), Color.srgb(0xf2ede2), 0.12)));
        Texture seat = new Texture.Mottled(Color.srgb(0x31465c), Color.srgb(0x47617c), 0.02, 2, seed + 7);
        surfaces.add(Cylinder.standing(new Vec3(-1.35, 0, 0.05), 0.42, 0.26, seat));
    }

    private void pictures() {
        double z = -Z + 0.02;
        for (int i = 0; i < 3; i++) {
            double x = -1.5 + 1.05 * i;
            Vec3 size = i == 1 ? new Vec3(0.86, 0.62, 0.03) : new Vec3(0.52, 0.66, 0.03);
            surfaces.add(new Box(new Vec3(x, 1.62, z), size, 0, solid(0x2b2622)));
            Vec3 inner = new Vec3(size.x() - 0.08, size.y() - 0.08, 0);
            Texture paint = new Texture.Mottled(
                    Color.srgb(pick(BRIGHT)).times(0.7), Color.srgb(0xf0dfb8), 0.22, 5, seed + 10 + i);
            Vec3 corner = new Vec3(x - inner.x() / 2, 1.62 - inner.y() / 2, z + 0.017);
            surfaces.add(new Parallelogram(corner, new Vec3(inner.x(), 0, 0), new Vec3(0, inner.y(), 0), paint));
        }
    }

    private int pick(int[] colors) {
        return colors[random.nextInt(colors.length)];
    }

    private static Texture solid(int hex) {
        return new Texture.Solid(Color.srgb(hex));
    }
}
