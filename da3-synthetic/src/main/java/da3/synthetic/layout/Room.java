package da3.synthetic.layout;

import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import da3.synthetic.solid.Solid;
import java.util.ArrayList;
import java.util.List;

/** Random closed rooms with furniture, and pictures on the walls. */
public final class Room {

    private Room() {}

    /** Draws a layout. */
    public static Layout draw(RandomDraws draw) {
        double width = draw.uniform(3, 8);
        double length = draw.uniform(3, 8);
        double height = draw.uniform(2.3, 3.5);
        List<Solid> solids = new ArrayList<>();
        solids.add(shell(draw, width, height, length));
        int count = draw.integer(5, 16);
        for (int i = 0; i < count; i++) {
            furnish(draw, width, height, length, solids);
        }
        int pictures = draw.integer(1, 6);
        for (int i = 0; i < pictures; i++) {
            solids.add(picture(draw, width, height, length));
        }
        Vec3 eye = new Vec3(
                draw.uniform(-0.4, 0.4) * width, draw.uniform(0.3, 0.75) * height, draw.uniform(-0.4, 0.4) * length);
        Vec3 target = new Vec3(
                draw.uniform(-0.5, 0.5) * width, draw.uniform(0.1, 0.6) * height, draw.uniform(-0.5, 0.5) * length);
        return new Layout(solids, Lights.indoor(draw, width, height, length), eye, target);
    }

    /** Returns walls, floor and ceiling: a box that is seen from inside, with its floor centered at the origin. */
    static Solid shell(RandomDraws draw, double width, double height, double length) {
        return new Solid(
                Solid.Kind.BOX,
                Mat3.IDENTITY,
                new Vec3(0, height / 2, 0),
                new Vec3(width / 2, height / 2, length / 2),
                draw.patterns(true));
    }

    private static void furnish(RandomDraws draw, double width, double height, double length, List<Solid> solids) {
        double x = draw.uniform(-0.5, 0.5) * width;
        double z = draw.uniform(-0.5, 0.5) * length;
        Mat3 turn = draw.chance(0.6) ? Mat3.IDENTITY : draw.randomYaw();
        switch (draw.integer(0, 5)) {
            case 0, 1 -> { // a cupboard or a chest with an object on top
                Vec3 size = new Vec3(draw.uniform(0.3, 1.6), draw.uniform(0.2, 0.7) * height, draw.uniform(0.3, 1));
                solids.add(draw.box(new Vec3(x, size.y() / 2, z), size, turn));
                double r = draw.uniform(0.08, 0.25);
                if (draw.chance(0.5)) {
                    solids.add(draw.sphere(new Vec3(x, size.y() + r, z), r));
                } else {
                    solids.add(draw.upright(Solid.Kind.CONE, x, size.y(), z, r, draw.uniform(0.2, 0.5)));
                }
            }
            case 2 -> { // a table
                Vec3 top = new Vec3(draw.uniform(0.6, 1.8), 0.06, draw.uniform(0.6, 1.1));
                double at = draw.uniform(0.45, 0.95);
                solids.add(draw.box(new Vec3(x, at, z), top, turn));
                for (int leg = 0; leg < 4; leg++) {
                    Vec3 corner = new Vec3((leg & 1) == 0 ? -0.45 : 0.45, 0, leg < 2 ? -0.45 : 0.45);
                    Vec3 own = turn.times(new Vec3(corner.x() * top.x(), 0, corner.z() * top.z()));
                    solids.add(draw.upright(Solid.Kind.CYLINDER, x + own.x(), 0, z + own.z(), 0.04, at));
                }
            }
            case 3 ->
                solids.add(draw.upright(
                        Solid.Kind.CYLINDER, x, 0, z, draw.uniform(0.1, 0.5), draw.uniform(0.3, 0.9 * height)));
            case 4 -> {
                double r = draw.uniform(0.15, 0.5);
                solids.add(draw.sphere(new Vec3(x, r, z), r));
            }
            default ->
                solids.add(draw.box( // near the ceiling
                        new Vec3(x, height * draw.uniform(0.75, 0.95), z),
                        new Vec3(draw.uniform(0.2, 0.9), draw.uniform(0.1, 0.5), draw.uniform(0.2, 0.9)),
                        turn));
        }
    }

    /** Returns a flat box on a wall, such as a picture, a door or a window. */
    private static Solid picture(RandomDraws draw, double width, double height, double length) {
        double size = draw.uniform(0.4, 1.5);
        double tall = draw.uniform(0.4, 0.9) * height / 2;
        double y = draw.uniform(tall / 2, height - tall / 2);
        double side = draw.chance(0.5) ? -0.5 : 0.5;
        return draw.chance(0.5)
                ? draw.box(
                        new Vec3(side * width, y, draw.uniform(-0.4, 0.4) * length),
                        new Vec3(0.08, tall, size),
                        Mat3.IDENTITY)
                : draw.box(
                        new Vec3(draw.uniform(-0.4, 0.4) * width, y, side * length),
                        new Vec3(size, tall, 0.08),
                        Mat3.IDENTITY);
    }
}
