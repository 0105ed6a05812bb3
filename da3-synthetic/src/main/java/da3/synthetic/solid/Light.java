package da3.synthetic.solid;

import da3.geometry.check.Check;
import da3.geometry.math.Vec3;
import java.util.List;
import java.util.Optional;

/**
 * The light of a scene.
 *
 * @param above ambient light from the upper hemisphere, without shadow
 * @param below ambient light from the lower hemisphere, without shadow
 * @param sources suns and lamps with hard shadows, at most 8
 * @param sky the background; absent if solids fill every view
 */
public record Light(LinearRgb above, LinearRgb below, List<Source> sources, Optional<Sky> sky) {

    /**
     * A sun or a lamp.
     *
     * @param sun whether the source is infinitely far away
     * @param position position of a lamp, or the unit direction toward a sun
     * @param strength strength of a sun, or of a lamp at a distance of one meter
     */
    public record Source(boolean sun, Vec3 position, LinearRgb strength) {}

    /**
     * A gradient with clouds.
     *
     * @param zenith color straight up
     * @param horizon color of the horizon
     * @param cloud color of the clouds
     * @param seed seed of the clouds
     */
    public record Sky(LinearRgb zenith, LinearRgb horizon, LinearRgb cloud, long seed) {}

    public Light {
        sources = List.copyOf(sources);
        Check.inRange("number of light sources", 0, 8, sources.size());
    }
}
