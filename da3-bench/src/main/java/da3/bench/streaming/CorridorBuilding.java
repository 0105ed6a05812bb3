package da3.bench.streaming;

import da3.geometry.Pose;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import da3.synthetic.Box;
import da3.synthetic.Color;
import da3.synthetic.Lighting;
import da3.synthetic.Parallelogram;
import da3.synthetic.Surface;
import da3.synthetic.SyntheticScene;
import da3.synthetic.Texture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * One floor of a building: seven identical corridors around two square blocks. Corridors have the same furniture at the
 * same places, so that they look alike; within a corridor no two places do. Units are meters, y is up.
 *
 * <pre>
 *   3 --- 2 --- 5     z = 12
 *   |     |     |
 *   1 --- 0 --- 4     z = 0
 * </pre>
 */
final class CorridorBuilding {

    static final double LENGTH = 12; // of a corridor, from the center of a junction to that of the next one

    private static final double WIDTH = 2.4;
    private static final double HEIGHT = 2.6;
    private static final double WALL = 0.1;

    static final List<Vec3> JUNCTIONS = List.of(
            new Vec3(LENGTH, 0, 0),
            Vec3.ZERO,
            new Vec3(LENGTH, 0, LENGTH),
            new Vec3(0, 0, LENGTH),
            new Vec3(2 * LENGTH, 0, 0),
            new Vec3(2 * LENGTH, 0, LENGTH));

    /** Corridors, each from its first junction to its second. */
    private static final int[][] CORRIDORS = {{2, 0}, {0, 1}, {1, 3}, {3, 2}, {0, 4}, {4, 5}, {5, 2}};

    /** A rigid transformation from the world to each corridor: x along it from its start, y up, z across. */
    private final List<Pose> toCorridor = new ArrayList<>();

    CorridorBuilding() {
        for (int[] ends : CORRIDORS) {
            Vec3 start = JUNCTIONS.get(ends[0]);
            Vec3 along = JUNCTIONS.get(ends[1]).minus(start).times(1 / LENGTH);
            Vec3 up = new Vec3(0, 1, 0);
            Mat3 rotation = Mat3.ofColumns(along, up, along.cross(up)).transpose();
            toCorridor.add(new Pose(rotation, rotation.times(start).times(-1)));
        }
    }

    int corridors() {
        return CORRIDORS.length;
    }

    /** Returns the corridor of a point; empty at junctions. */
    Optional<Integer> corridor(Vec3 point) {
        for (int c = 0; c < corridors(); c++) {
            Vec3 p = toCorridor.get(c).transform(point);
            if (p.x() > WIDTH / 2 && p.x() < LENGTH - WIDTH / 2 && Math.abs(p.z()) < WIDTH / 2) {
                return Optional.of(c);
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the world-to-camera pose of the camera that sees the same in another corridor.
     *
     * @param pose world-to-camera pose of a camera in corridor {@code from}
     */
    Pose counterpart(Pose pose, int from, int to) {
        return pose.compose(toCorridor.get(from).inverse()).compose(toCorridor.get(to));
    }

    /** Returns the building with furniture that follows from a seed. */
    SyntheticScene scene(long seed) {
        List<Surface> surfaces = new ArrayList<>();
        Vec3 middle = new Vec3(LENGTH, 0, LENGTH / 2);
        Texture floor = new Texture.Planks(Color.srgb(0xb98a5a), Color.srgb(0x7d5231), 0.14, 1.3, seed);
        double width = 2 * LENGTH + 2 * WIDTH;
        double depth = LENGTH + 2 * WIDTH;
        surfaces.add(Parallelogram.level(middle, width, depth, floor));
        surfaces.add(Parallelogram.level(middle.plus(new Vec3(0, HEIGHT, 0)), width, depth, solid(0xeceae4)));
        for (int c = 0; c < corridors(); c++) {
            addCorridor(surfaces, c, new Random(seed)); // the same furniture everywhere
        }
        for (int j = 0; j < JUNCTIONS.size(); j++) {
            addJunction(surfaces, j);
        }
        // The sun shines from below and reaches nothing, so that shadows cost no time.
        Lighting lighting = Lighting.daylight()
                .withSun(new Vec3(0, -1, 0), Color.BLACK)
                .withAmbient(new Color(0.9, 0.9, 0.9), new Color(0.5, 0.5, 0.5));
        return new SyntheticScene(surfaces, lighting, Optional.empty());
    }

    private void addCorridor(List<Surface> surfaces, int corridor, Random random) {
        Texture paint = new Texture.Mottled(Color.srgb(0x9fb0a8), Color.srgb(0xd8cfc0), 0.5, 3, 7);
        double wallLength = LENGTH - WIDTH;
        for (int side = -1; side <= 1; side += 2) {
            Vec3 center = new Vec3(LENGTH / 2, HEIGHT / 2, side * (WIDTH + WALL) / 2);
            surfaces.add(box(corridor, center, new Vec3(wallLength, HEIGHT, WALL), paint));
            for (double x = WIDTH; x < LENGTH - WIDTH; x += 0.8 + 1.2 * random.nextDouble()) {
                double height = random.nextBoolean() ? 2 : 0.4 + random.nextDouble();
                double deep = 0.1 + 0.3 * random.nextDouble();
                Vec3 size = new Vec3(0.3 + 0.6 * random.nextDouble(), height, deep);
                Vec3 place = new Vec3(x, height / 2, side * (WIDTH - deep) / 2);
                surfaces.add(box(corridor, place, size, solid(random.nextInt(0x1000000))));
            }
        }
    }

    /** Adds walls where no corridor leaves a junction. */
    private static void addJunction(List<Surface> surfaces, int junction) {
        Vec3 center = JUNCTIONS.get(junction);
        Texture paint = solid(0xd9cfbf);
        for (Vec3 direction : List.of(new Vec3(1, 0, 0), new Vec3(-1, 0, 0), new Vec3(0, 0, 1), new Vec3(0, 0, -1))) {
            Vec3 neighbor = center.plus(direction.times(LENGTH));
            boolean open = JUNCTIONS.stream().anyMatch(j -> j.minus(neighbor).norm() < 1);
            if (!open) {
                Vec3 place = center.plus(direction.times((WIDTH + WALL) / 2)).plus(new Vec3(0, HEIGHT / 2, 0));
                Vec3 size = direction.x() != 0 ? new Vec3(WALL, HEIGHT, WIDTH) : new Vec3(WIDTH, HEIGHT, WALL);
                surfaces.add(new Box(place, size, 0, paint));
            }
        }
    }

    /** Returns a box whose center and size are given in the axes of a corridor. */
    private Box box(int corridor, Vec3 center, Vec3 size, Texture texture) {
        Pose toWorld = toCorridor.get(corridor).inverse();
        boolean alongX = Math.abs(toWorld.rotation().m00()) > 0.5;
        Vec3 turned = alongX ? size : new Vec3(size.z(), size.y(), size.x());
        return new Box(toWorld.transform(center), turned, 0, texture);
    }

    private static Texture solid(int rgb) {
        return new Texture.Solid(Color.srgb(rgb));
    }
}
