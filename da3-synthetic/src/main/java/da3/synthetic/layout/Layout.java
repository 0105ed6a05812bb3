package da3.synthetic.layout;

import da3.geometry.math.Vec3;
import da3.synthetic.solid.Light;
import da3.synthetic.solid.Solid;
import java.util.List;

/**
 * A random scene without cameras.
 *
 * @param solids the solids; the first is the room or the ground that contains or supports all others
 * @param light the light
 * @param eye center of the first camera
 * @param target the point that the first camera looks at
 */
public record Layout(List<Solid> solids, Light light, Vec3 eye, Vec3 target) {

    public Layout {
        solids = List.copyOf(solids);
    }
}
