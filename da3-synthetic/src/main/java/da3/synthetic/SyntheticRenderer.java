package da3.synthetic;

import da3.geometry.Camera;
import da3.geometry.Scene;
import java.util.List;
import java.util.Optional;

/** Renders synthetic scenes to views with exact depth and cameras. */
public final class SyntheticRenderer {

    private SyntheticRenderer() {}

    /** Renders a scene with default options. Lengths are in meters. */
    public static Scene render(SyntheticScene world, List<Camera> cameras, int width, int height) {
        return scene(renderings(world, cameras, width, height, RenderOptions.defaults()));
    }

    /** Renders one image for each camera. */
    public static List<Rendering> renderings(
            SyntheticScene world, List<Camera> cameras, int width, int height, RenderOptions options) {
        RayCaster caster = new RayCaster(world);
        return cameras.stream()
                .map(camera -> caster.render(camera, width, height, options))
                .toList();
    }

    /** Returns the scene that renderings show. Lengths are in meters. */
    public static Scene scene(List<Rendering> renderings) {
        return new Scene(renderings.stream().map(Rendering::view).toList(), Optional.empty(), true);
    }
}
