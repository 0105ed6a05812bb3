package da3.synthetic;

import java.util.List;
import java.util.Optional;

/**
 * A synthetic scene.
 *
 * @param surfaces the surfaces
 * @param lighting the lighting
 * @param sky the background; black if absent
 */
public record SyntheticScene(List<Surface> surfaces, Lighting lighting, Optional<Sky> sky) {

    public SyntheticScene {
        surfaces = List.copyOf(surfaces);
    }

    public SyntheticScene withSurfaces(List<Surface> surfaces) {
        return new SyntheticScene(surfaces, lighting, sky);
    }

    public SyntheticScene withLighting(Lighting lighting) {
        return new SyntheticScene(surfaces, lighting, sky);
    }

    public SyntheticScene withSky(Sky sky) {
        return new SyntheticScene(surfaces, lighting, Optional.of(sky));
    }

    public SyntheticScene withoutSky() {
        return new SyntheticScene(surfaces, lighting, Optional.empty());
    }
}
