package da3.synthetic.layout;

import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import da3.synthetic.solid.Light;
import da3.synthetic.solid.Solid;
import java.util.ArrayList;
import java.util.List;

/** Random poles, fences and frames, half a pixel to a few pixels wide, in halls and outdoors. */
public final class ThinStructures {

    private ThinStructures() {}

    /** Draws a layout. */
    public static Layout draw(RandomDraws draw) {
        double reach = draw.uniform(1.5, 4);
        List<Solid> solids = new ArrayList<>();
        Light light;
        if (draw.chance(0.6)) {
            double side = draw.uniform(3.2, 4.5) * reach;
            double height = draw.uniform(1.2, 1.8) * reach;
            solids.add(Room.shell(draw, side, height, side));
            light = Lights.indoor(draw, side, height, side);
        } else {
            solids.add(draw.box(new Vec3(0, -0.5, 0), new Vec3(40 * reach, 1, 40 * reach), Mat3.IDENTITY));
            light = Lights.outdoor(draw);
        }
        double height = draw.uniform(0.5, 1) * reach;
        int structures = draw.integer(3, 7);
        for (int i = 0; i < structures; i++) {
            Vec3 foot = new Vec3(draw.uniform(-0.9, 0.9) * reach, 0, draw.uniform(-0.6, 0.9) * reach);
            if (draw.chance(0.6)) {
                addFence(draw, foot, height, reach, solids);
            } else {
                solids.add(
                        draw.upright(Solid.Kind.CYLINDER, foot.x(), 0, foot.z(), thickness(draw, reach), height * 1.1));
            }
        }
        double aside = draw.uniform(-0.5, 0.5) * reach;
        Vec3 eye = new Vec3(aside, draw.uniform(0.3, 0.9) * height, -1.4 * reach);
        Vec3 target = new Vec3(draw.uniform(-0.3, 0.3) * reach, draw.uniform(0.2, 0.6) * height, 0.2 * reach);
        return new Layout(solids, light, eye, target);
    }

    /** Returns the radius of a bar: about half a pixel to two pixels in an image 168 pixels wide. */
    private static double thickness(RandomDraws draw, double reach) {
        return draw.uniform(0.004, 0.016) * reach;
    }

    /** Adds posts in a row with rails between them. */
    private static void addFence(RandomDraws draw, Vec3 foot, double height, double reach, List<Solid> solids) {
        Mat3 axes = draw.randomYaw();
        Vec3 along = axes.column(0);
        double gap = draw.uniform(0.08, 0.3) * reach;
        int posts = draw.integer(3, 9);
        double top = draw.uniform(0.4, 1) * height;
        double bar = 2 * thickness(draw, reach);
        for (int i = 0; i < posts; i++) {
            Vec3 at = foot.plus(along.times((i - (posts - 1) / 2.0) * gap));
            solids.add(draw.box(new Vec3(at.x(), top / 2, at.z()), new Vec3(bar, top, bar), axes));
        }
        int rails = draw.integer(1, 3);
        for (int i = 0; i < rails; i++) {
            double level = top * (i + 0.7) / rails;
            solids.add(
                    draw.box(new Vec3(foot.x(), level, foot.z()), new Vec3((posts - 1) * gap + bar, bar, bar), axes));
        }
    }
}
