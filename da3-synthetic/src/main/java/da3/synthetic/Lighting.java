package da3.synthetic;

import da3.geometry.math.Vec3;
import java.util.Optional;

/**
 * What lights a place; shadows are hard.
 *
 * @param towardsSun direction to the sun, of any length
 * @param sun light of a surface that faces the sun
 * @param above light from the upper half of the surroundings, without shadow
 * @param below light from the lower half of the surroundings, without shadow
 * @param lamp a lamp, if there is one
 */
public record Lighting(Vec3 towardsSun, Color sun, Color above, Color below, Optional<Lamp> lamp) {

    public Lighting {
        towardsSun = Vectors.unit(towardsSun);
    }

    /**
     * A small lamp.
     *
     * @param light of a surface that faces it from one meter
     */
    public record Lamp(Vec3 position, Color light) {}

    /** The sun over the left shoulder, a blue sky and no lamp. */
    public static Lighting daylight() {
        return new Lighting(
                new Vec3(-0.5, 0.75, 0.6),
                new Color(1.25, 1.15, 0.98),
                new Color(0.36, 0.42, 0.52),
                new Color(0.2, 0.19, 0.17),
                Optional.empty());
    }

    public Lighting withSun(Vec3 towardsSun, Color sun) {
        return new Lighting(towardsSun, sun, above, below, lamp);
    }

    public Lighting withAmbient(Color above, Color below) {
        return new Lighting(towardsSun, sun, above, below, lamp);
    }

    public Lighting withLamp(Lamp lamp) {
        return new Lighting(towardsSun, sun, above, below, Optional.of(lamp));
    }
}
