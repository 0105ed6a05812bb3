package da3.synthetic;

import da3.synthetic.layout.Corridor;
import da3.synthetic.layout.Layout;
import da3.synthetic.layout.Pile;
import da3.synthetic.layout.RandomDraws;
import da3.synthetic.layout.Room;
import da3.synthetic.layout.Street;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Kinds of random scenes. */
public enum SceneFamily {
    /** Closed rooms with furniture. */
    ROOM(Room::draw, false),
    /** Streets between houses, under the sky. */
    STREET(Street::draw, false),
    /** Piles of primitives, in halls and outdoors. */
    PILE(Pile::draw, false),
    /** Corridors. Reserved for evaluation, so they must not be used for training. */
    CORRIDOR(Corridor::draw, true);

    private final Function<RandomDraws, Layout> layout;
    private final boolean heldOut;

    SceneFamily(Function<RandomDraws, Layout> layout, boolean heldOut) {
        this.layout = layout;
        this.heldOut = heldOut;
    }

    /** Returns whether this family is reserved for evaluation. */
    public boolean isHeldOut() {
        return heldOut;
    }

    /** Returns the families for training. */
    public static List<SceneFamily> forTraining() {
        return Arrays.stream(values()).filter(family -> !family.heldOut).toList();
    }

    Layout layout(RandomDraws draw) {
        return layout.apply(draw);
    }
}
