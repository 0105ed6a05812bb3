package da3.synthetic;

import da3.geometry.Vec3;
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
public record Lighting(Vec3 towardsSun, Colour sun, Colour above, Colour below, Optional<Lamp> lamp) {

    public Lighting {
        towardsSun = Vectors.unit(towardsSun);
    }

    /**
     * A small lamp.
     *
     * @param light of a surface that faces it from one metre
     */
    public record Lamp(Vec3 position, Colour light) {}

    /** The sun over the left shoulder, a blue sky and no lamp. */
    public static Lighting daylight() {
        return new Lighting(
                new Vec3(-0.5, 0.75, 0.6),
                new Colour(1.25, 1.15, 0.98),
                new Colour(0.36, 0.42, 0.52),
                new Colour(0.2, 0.19, 0.17),
                Optional.empty());
    }

    public Lighting withSun(Vec3 towardsSun, Colour sun) {
        return new Lighting(towardsSun, sun, above, below, lamp);
    }

    public Lighting withAmbient(Colour above, Colour below) {
        return new Lighting(towardsSun, sun, above, below, lamp);
    }

    public Lighting withLamp(Lamp lamp) {
        return new Lighting(towardsSun, sun, above, below, Optional.of(lamp));
    }
}
