package da3.synthetic.layout;

import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import da3.synthetic.solid.Solid;
import java.util.ArrayList;
import java.util.List;

/** Random corridors with pilasters, beams, doors, pipes and crates. */
public final class Corridor {

    private Corridor() {}

    /** Draws a layout. */
    public static Layout draw(RandomDraws draw) {
        double width = draw.uniform(1.8, 4);
        double height = draw.uniform(2.2, 3.6);
        double length = draw.uniform(9, 22);
        List<Solid> solids = new ArrayList<>();
        solids.add(Room.shell(draw, width, height, length));
        double step = draw.uniform(1.5, 3.5);
        double thick = draw.uniform(0.1, 0.4);
        boolean beams = draw.chance(0.5);
        for (double z = -length / 2 + step; z < length / 2; z += step) {
            for (int side = -1; side <= 1; side += 2) {
                solids.add(draw.box(
                        new Vec3(side * width / 2, height / 2, z), new Vec3(thick, height, thick), Mat3.IDENTITY));
                if (draw.chance(0.5)) { // a door
                    solids.add(draw.box(
                            new Vec3(side * width / 2, 1, z + step / 2), new Vec3(0.08, 2, 0.9), Mat3.IDENTITY));
                }
            }
            if (beams) {
                solids.add(
                        draw.box(new Vec3(0, height - thick / 4, z), new Vec3(width, thick / 2, thick), Mat3.IDENTITY));
            }
        }
        Mat3 along = new Mat3(1, 0, 0, 0, 0, -1, 0, 1, 0);
        int pipes = draw.integer(0, 3);
        for (int i = 0; i < pipes; i++) {
            double radius = draw.uniform(0.04, 0.14);
            Vec3 center = new Vec3(draw.uniform(-0.4, 0.4) * width, height - draw.uniform(0.1, 0.3), 0);
            solids.add(new Solid(
                    Solid.Kind.CYLINDER, along, center, new Vec3(radius, length / 2, radius), draw.patterns(false)));
        }
        int crates = draw.integer(2, 8);
        for (int i = 0; i < crates; i++) {
            double size = draw.uniform(0.25, 0.8);
            Vec3 center = new Vec3(draw.uniform(-0.4, 0.4) * width, size / 2, draw.uniform(-0.45, 0.45) * length);
            solids.add(draw.box(center, new Vec3(size, size, size), draw.randomYaw()));
        }
        Vec3 eye = new Vec3(
                draw.uniform(-0.25, 0.25) * width, draw.uniform(0.35, 0.7) * height, -draw.uniform(0, 0.45) * length);
        Vec3 target = new Vec3(
                draw.uniform(-0.5, 0.5) * width, draw.uniform(0.2, 0.6) * height, eye.z() + draw.uniform(1, 3) * width);
        return new Layout(solids, Lights.indoor(draw, width, height, length), eye, target);
    }
}
