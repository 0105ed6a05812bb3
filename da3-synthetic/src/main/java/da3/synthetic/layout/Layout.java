package da3.synthetic.layout;

import da3.geometry.math.Vec3;
import da3.synthetic.solid.Light;
import da3.synthetic.solid.Solid;
import java.util.List;

/**
 * A random place before it is photographed.
 *
 * @param solids what is there; the first is the room or the ground, in or on which all others stand
 * @param light what lights it
 * @param eye where the first camera stands
 * @param target what it looks at
 */
public record Layout(List<Solid> solids, Light light, Vec3 eye, Vec3 target) {

    public Layout {
        solids = List.copyOf(solids);
    }
}
