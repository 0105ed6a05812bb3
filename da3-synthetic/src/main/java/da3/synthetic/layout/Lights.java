package da3.synthetic.layout;

import da3.geometry.math.Vec3;
import da3.synthetic.solid.Light;
import da3.synthetic.solid.LinearRgb;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Random lights. Their overall strength is arbitrary, since exposures compensate for it. */
final class Lights {

    private Lights() {}

    /** Returns one or two lamps under the ceiling of a room of this size. */
    static Light indoor(RandomDraws draw, double width, double height, double length) {
        List<Light.Source> lamps = new ArrayList<>();
        int count = draw.integer(1, 2);
        for (int i = 0; i < count; i++) {
            Vec3 position = new Vec3(
                    draw.uniform(-0.35, 0.35) * width,
                    height * draw.uniform(0.75, 0.95),
                    draw.uniform(-0.35, 0.35) * length);
            double strength = 0.3 * (height * height + width * length / 4) / count;
            lamps.add(new Light.Source(false, position, draw.light(0.25).times(strength * draw.uniform(0.6, 1.4))));
        }
        double ambient = draw.uniform(0.06, 0.35);
        return new Light(
                draw.light(0.15).times(ambient),
                draw.light(0.15).times(ambient * draw.uniform(0.4, 1)),
                lamps,
                Optional.empty());
    }

    /** Returns a sun, sometimes dimmed by clouds, and a sky. */
    static Light outdoor(RandomDraws draw) {
        double angle = draw.uniform(0, 2 * Math.PI);
        double height = draw.uniform(0.3, 1.4);
        Vec3 towards = new Vec3(StrictMath.cos(angle), height, StrictMath.sin(angle));
        double sun = draw.chance(0.2) ? 0.1 : draw.uniform(0.5, 1.5);
        double ambient = draw.uniform(0.25, 0.6);
        double sky = draw.uniform(0.4, 1.1);
        LinearRgb zenith =
                new LinearRgb(draw.uniform(0.1, 0.5), draw.uniform(0.25, 0.55), draw.uniform(0.5, 1)).times(sky);
        return new Light(
                draw.light(0.2).times(ambient),
                draw.light(0.2).times(ambient * draw.uniform(0.3, 0.8)),
                List.of(new Light.Source(
                        true, towards.times(1 / towards.norm()), draw.light(0.2).times(sun))),
                Optional.of(new Light.Sky(
                        zenith, draw.light(0.15).times(sky), draw.light(0.05).times(1.2 * sky), draw.seed())));
    }
}
