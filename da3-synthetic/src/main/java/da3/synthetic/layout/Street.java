package da3.synthetic.layout;

import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import da3.synthetic.solid.Solid;
import java.util.ArrayList;
import java.util.List;

/** Random streets between two rows of houses, closed by a house at each end, with trees, cars and other objects. */
public final class Street {

    private Street() {}

    /** Draws a layout. */
    public static Layout draw(RandomDraws draw) {
        double half = draw.uniform(3, 9);
        double length = draw.uniform(16, 45);
        List<Solid> solids = new ArrayList<>();
        solids.add(draw.box(new Vec3(0, -0.5, 0), new Vec3(4 * half + 60, 1, length + 60), Mat3.IDENTITY));
        for (int side = -1; side <= 1; side += 2) {
            for (double z = -length / 2; z < length / 2; ) {
                double front = draw.uniform(3, 10);
                house(draw, side * (half + draw.uniform(0, 1)), z + front / 2, front, side, solids);
                z += front + (draw.chance(0.25) ? draw.uniform(0.5, 3) : 0);
            }
            Vec3 end = new Vec3(2 * half + 8, draw.uniform(4, 14), 4);
            solids.add(draw.box(new Vec3(0, end.y() / 2, side * (length / 2 + 2)), end, Mat3.IDENTITY));
        }
        int count = draw.integer(6, 18);
        for (int i = 0; i < count; i++) {
            addObject(draw, draw.uniform(-0.9, 0.9) * half, draw.uniform(-0.45, 0.45) * length, solids);
        }
        Vec3 eye = new Vec3(draw.uniform(-0.7, 0.7) * half, draw.uniform(1, 3.5), -draw.uniform(0.05, 0.45) * length);
        Vec3 target =
                new Vec3(draw.uniform(-1.3, 1.3) * half, draw.uniform(0.3, 3), eye.z() + draw.uniform(0.6, 2.5) * half);
        return new Layout(solids, Lights.outdoor(draw), eye, target);
    }

    private static void house(RandomDraws draw, double x, double z, double front, int side, List<Solid> solids) {
        double depth = 6;
        double height = draw.uniform(3, 16);
        solids.add(
                draw.box(new Vec3(x + side * depth / 2, height / 2, z), new Vec3(depth, height, front), Mat3.IDENTITY));
        int bays = draw.integer(0, 3);
        for (int i = 0; i < bays; i++) { // doors, windows and balconies
            double out = draw.chance(0.5) ? 0.1 : draw.uniform(0.2, 1);
            Vec3 size = new Vec3(2 * out, draw.uniform(0.6, 2.2), draw.uniform(0.15, 0.45) * front);
            double y = draw.uniform(0, Math.min(height, 7) - size.y()) + size.y() / 2;
            solids.add(draw.box(new Vec3(x, y, z + draw.uniform(-0.3, 0.3) * front), size, Mat3.IDENTITY));
        }
    }

    private static void addObject(RandomDraws draw, double x, double z, List<Solid> solids) {
        switch (draw.integer(0, 4)) {
            case 0 -> { // a tree
                double trunk = draw.uniform(1, 3);
                double crown = draw.uniform(0.6, 1.6);
                solids.add(draw.upright(Solid.Kind.CYLINDER, x, 0, z, draw.uniform(0.08, 0.25), trunk));
                solids.add(
                        draw.chance(0.5)
                                ? draw.sphere(new Vec3(x, trunk + 0.8 * crown, z), crown)
                                : draw.upright(Solid.Kind.CONE, x, 0.8 * trunk, z, crown, 3 * crown));
            }
            case 1 -> { // a car
                Mat3 turn = RandomDraws.yaw(draw.uniform(-0.3, 0.3));
                double high = draw.uniform(0.5, 0.9);
                solids.add(draw.box(new Vec3(x, high / 2 + 0.2, z), new Vec3(1.7, high, 4), turn));
                solids.add(draw.box(new Vec3(x, high + 0.45, z), new Vec3(1.5, 0.6, 2), turn));
            }
            case 2 ->
                solids.add(draw.upright(Solid.Kind.CYLINDER, x, 0, z, draw.uniform(0.06, 0.6), draw.uniform(0.8, 5)));
            case 3 -> {
                Vec3 size = new Vec3(draw.uniform(0.4, 2), draw.uniform(0.4, 2), draw.uniform(0.4, 2));
                solids.add(draw.box(new Vec3(x, size.y() / 2, z), size, draw.randomYaw()));
            }
            default -> solids.add(draw.upright(Solid.Kind.CONE, x, 0, z, draw.uniform(0.3, 1), draw.uniform(0.6, 2.5)));
        }
    }
}
