package da3.synthetic;

import da3.geometry.math.Vec3;
import java.util.Optional;

/**
 * The lighting of a scene; shadows are hard.
 *
 * @param towardsSun direction to the sun, of any length
 * @param sun light on a surface that faces the sun
 * @param above ambient light from the upper hemisphere, without shadow
 * @param below ambient light from the lower hemisphere, without shadow
 * @param lamp an optional lamp
 */
public record Lighting(Vec3 towardsSun, Color sun, Color above, Color below, Optional<Lamp> lamp) {

    public Lighting {
        towardsSun = Vectors.unit(towardsSun);
    }

    /**
     * A point light.
     *
     * @param light light on a surface that faces the lamp at a distance of one meter
     */
    public record Lamp(Vec3 position, Color light) {}

    /** Returns sunlight from the upper left behind the camera, a blue sky and no lamp. */
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
