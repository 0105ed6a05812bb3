package da3.synthetic;

import da3.geometry.Camera;
import da3.geometry.Scene;
import java.util.List;
import java.util.Optional;

/** Made-up places as a model would predict them, but true. */
public final class SyntheticRenderer {

    private SyntheticRenderer() {}

    /** {@link #photos} without what a {@link Scene} has no place for. Lengths are meters. */
    public static Scene render(SyntheticScene world, List<Camera> cameras, int width, int height) {
        return scene(photos(world, cameras, width, height, RenderOptions.defaults()));
    }

    /** One photo a camera, in the cameras' order. */
    public static List<Rendering> photos(
            SyntheticScene world, List<Camera> cameras, int width, int height, RenderOptions options) {
        RayCaster caster = new RayCaster(world);
        return cameras.stream()
                .map(camera -> caster.render(camera, width, height, options))
                .toList();
    }

    /** The views of photos. Lengths are meters. */
    public static Scene scene(List<Rendering> photos) {
        return new Scene(photos.stream().map(Rendering::view).toList(), Optional.empty(), true);
    }
}
