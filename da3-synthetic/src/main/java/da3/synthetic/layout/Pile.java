package da3.synthetic.layout;

import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import da3.synthetic.solid.Light;
import da3.synthetic.solid.Solid;
import java.util.ArrayList;
import java.util.List;

/** Random piles of primitives, on the floor of a hall or on open ground. */
public final class Pile {

    private Pile() {}

    /** Draws a layout. */
    public static Layout draw(RandomDraws draw) {
        boolean hall = draw.chance(0.6);
        List<Solid> solids = new ArrayList<>();
        Light light;
        double reach = draw.uniform(0.8, 2);
        double far = draw.uniform(2.2, 3.2) * reach;
        if (hall) {
            double side = 2 * far + draw.uniform(0.5, 3);
            double height = draw.uniform(1.2, 2) * far;
            solids.add(Room.shell(draw, side, height, side));
            light = Lights.indoor(draw, side, height, side);
        } else {
            solids.add(draw.box(new Vec3(0, -0.5, 0), new Vec3(14 * far, 1, 14 * far), Mat3.IDENTITY));
            light = Lights.outdoor(draw);
        }
        int count = draw.integer(12, 40);
        for (int i = 0; i < count; i++) {
            double angle = draw.uniform(0, 2 * Math.PI);
            double away = reach * Math.sqrt(draw.uniform(0, 1));
            double high = draw.uniform(0, 1) * Math.max(0.1, 1.1 * reach - away);
            solids.add(randomPrimitive(
                    draw,
                    new Vec3(away * StrictMath.cos(angle), high, away * StrictMath.sin(angle)),
                    draw.uniform(0.08, 0.3) * reach));
        }
        double around = draw.uniform(0, 2 * Math.PI);
        double up = draw.uniform(0.1, hall ? 0.9 : 1.1);
        Vec3 eye = new Vec3(
                        StrictMath.cos(around) * StrictMath.cos(up),
                        StrictMath.sin(up),
                        StrictMath.sin(around) * StrictMath.cos(up))
                .times(0.95 * far);
        Vec3 target = new Vec3(draw.uniform(-0.3, 0.3), draw.uniform(0, 0.5), draw.uniform(-0.3, 0.3)).times(reach);
        return new Layout(solids, light, eye, target);
    }

    private static Solid randomPrimitive(RandomDraws draw, Vec3 center, double size) {
        Solid.Kind[] kinds = Solid.Kind.values();
        Solid.Kind kind = kinds[draw.integer(0, kinds.length - 1)];
        if (kind == Solid.Kind.SPHERE) {
            return draw.sphere(center, size);
        }
        double flat = draw.chance(0.25) ? 0.1 : draw.uniform(0.4, 1.6); // some are flat
        double deep = kind == Solid.Kind.BOX ? size * draw.uniform(0.4, 1.6) : size;
        return new Solid(kind, draw.randomRotation(), center, new Vec3(size, size * flat, deep), draw.patterns(false));
    }
}
