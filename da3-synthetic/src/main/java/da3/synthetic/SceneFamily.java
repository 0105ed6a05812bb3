package da3.synthetic;

import da3.geometry.check.Check;
import da3.synthetic.layout.Corridor;
import da3.synthetic.layout.Layout;
import da3.synthetic.layout.LowTexture;
import da3.synthetic.layout.Pile;
import da3.synthetic.layout.RandomDraws;
import da3.synthetic.layout.Room;
import da3.synthetic.layout.Street;
import da3.synthetic.layout.ThinStructures;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Kinds of random scenes. */
public enum SceneFamily {
    /** Closed rooms with furniture. */
    ROOM(Room::draw, CameraMotion.USUAL, false),
    /** Streets between houses, under the sky. */
    STREET(Street::draw, CameraMotion.USUAL, false),
    /** Piles of primitives, in halls and outdoors. */
    PILE(Pile::draw, CameraMotion.USUAL, false),
    /** Corridors. */
    CORRIDOR(Corridor::draw, CameraMotion.USUAL, true),
    /** Rooms and corridors with almost uniform surfaces. */
    LOW_TEXTURE(LowTexture::draw, CameraMotion.USUAL, true),
    /** Poles, fences and frames. */
    THIN_STRUCTURES(ThinStructures::draw, CameraMotion.USUAL, true),
    /** Piles of primitives, seen from cameras that are far apart. */
    WIDE_BASELINE(Pile::draw, CameraMotion.WIDE, true);

    private final Function<RandomDraws, Layout> layout;
    private final CameraMotion motion;
    private final boolean heldOut;

    SceneFamily(Function<RandomDraws, Layout> layout, CameraMotion motion, boolean heldOut) {
        this.layout = layout;
        this.motion = motion;
        this.heldOut = heldOut;
    }

    /** Returns whether this family is reserved for evaluation, so that training must not use it. */
    public boolean isHeldOut() {
        return heldOut;
    }

    /** Returns the families for training. */
    public static List<SceneFamily> forTraining() {
        return Arrays.stream(values()).filter(family -> !family.heldOut).toList();
    }

    /**
     * Returns the family of an id.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static SceneFamily ofId(String id) {
        return Arrays.stream(values())
                .filter(family -> family.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Check.invalid("family of scenes", "one of " + ids(), id));
    }

    /** Returns the ids of all families, separated by commas. */
    public static String ids() {
        return Arrays.stream(values()).map(SceneFamily::id).collect(Collectors.joining(", "));
    }

    /** Returns the name in lower case, as in configurations and reports. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    Layout layout(RandomDraws draw) {
        return layout.apply(draw);
    }

    CameraMotion motion() {
        return motion;
    }
}
