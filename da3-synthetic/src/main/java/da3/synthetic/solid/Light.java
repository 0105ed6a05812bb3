package da3.synthetic.solid;

import da3.geometry.math.Vec3;
import java.util.List;
import java.util.Optional;

/**
 * What lights a scene.
 *
 * @param above light from the upper half of the surroundings, without shadow
 * @param below light from the lower half of the surroundings, without shadow
 * @param sources suns and lamps with hard shadows, at most 8
 * @param sky seen where no solid is; absent if there is no such place
 */
public record Light(LinearRgb above, LinearRgb below, List<Source> sources, Optional<Sky> sky) {

    /**
     * A sun or a lamp.
     *
     * @param sun whether it is infinitely far
     * @param place of a lamp, or the unit direction towards a sun
     * @param strength of a sun, or of a lamp at one meter
     */
    public record Source(boolean sun, Vec3 place, LinearRgb strength) {}

    /**
     * A gradient with clouds.
     *
     * @param seed of the clouds
     */
    public record Sky(LinearRgb zenith, LinearRgb horizon, LinearRgb cloud, long seed) {}

    public Light {
        sources = List.copyOf(sources);
        if (sources.size() > 8) {
            throw new IllegalArgumentException("sources of light must be at most 8, got " + sources.size());
        }
    }
}
