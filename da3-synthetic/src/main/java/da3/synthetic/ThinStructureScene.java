package da3.synthetic;

import da3.geometry.math.Vec3;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Poles, sagging wires and a fence. The seed chooses positions and thicknesses. */
final class ThinStructureScene {

    private static final int WIRE_PIECES = 24;

    private final Random random;
    private final long seed;
    private final List<Surface> surfaces = new ArrayList<>();

    ThinStructureScene(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    SyntheticScene scene() {
        Texture ground = new Texture.Checker(Color.srgb(0x9c9484), Color.srgb(0x7f7869), 0.5);
        surfaces.add(Parallelogram.level(Vec3.ZERO, 60, 60, ground));
        Texture wall = new Texture.Bricks(Color.srgb(0xb06a4a), Color.srgb(0xb8b0a2), 0.6, 0.2, 0.02, seed);
        surfaces.add(Box.standing(new Vec3(0, 0, -14), new Vec3(30, 3.5, 0.4), 0, wall));
        poles();
        fence();
        return new SyntheticScene(surfaces, Lighting.daylight(), Optional.of(Sky.fair(seed)));
    }

    private void poles() {
        Texture paint = new Texture.Stripes(Color.srgb(0xd8d4c8), Color.srgb(0xb03a2e), 0.3);
        List<Vec3> tops = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Vec3 foot = new Vec3(-4 + 2 * i + 0.6 * random.nextDouble(), 0, -6 + 3 * random.nextDouble());
            double height = 2.6 + 0.8 * random.nextDouble();
            surfaces.add(Cylinder.standing(foot, height, 0.01 + 0.05 * random.nextDouble(), paint));
            tops.add(foot.plus(new Vec3(0, height - 0.05, 0)));
        }
        for (int i = 1; i < tops.size(); i++) {
            wire(tops.get(i - 1), tops.get(i), 0.003 + 0.007 * random.nextDouble());
        }
    }

    private void wire(Vec3 from, Vec3 to, double radius) {
        Texture black = new Texture.Solid(Color.srgb(0x202020));
        Vec3 last = from;
        for (int i = 1; i <= WIRE_PIECES; i++) {
            double t = i / (double) WIRE_PIECES;
            Vec3 sag = new Vec3(0, -1.2 * t * (1 - t), 0);
            Vec3 next = from.times(1 - t).plus(to.times(t)).plus(sag);
            surfaces.add(new Cylinder(last, next, radius, black));
            last = next;
        }
    }

    private void fence() {
        Texture wood = new Texture.Mottled(Color.srgb(0xcfc4ae), Color.srgb(0xe6dcc8), 0.1, 3, seed + 1);
        for (double x = -3; x <= 3; x += 0.15) {
            surfaces.add(new Box(new Vec3(x, 0.45, -1.5), new Vec3(0.035, 0.9, 0.02), 0, wood));
        }
        for (double y : new double[] {0.25, 0.7}) {
            surfaces.add(new Box(new Vec3(0, y, -1.52), new Vec3(6.2, 0.05, 0.02), 0, wood));
        }
    }
}
