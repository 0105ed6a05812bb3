package da3.evaluation.mode;

import java.util.List;
import java.util.stream.Collectors;

/** The modes that there are. */
public final class Modes {

    private static final List<Mode> ALL =
            List.of(new DepthMode(), new PoseMode(), new PosedDepthMode(), new MonoMode());

    private Modes() {}

    /** Returns all modes, in the order of a report. */
    public static List<Mode> all() {
        return ALL;
    }

    /**
     * Returns the mode of a name.
     *
     * @throws IllegalArgumentException for an unknown name; the message lists the known ones
     */
    public static Mode of(String id) {
        return ALL.stream()
                .filter(mode -> mode.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("mode must be one of "
                        + ALL.stream().map(Mode::id).collect(Collectors.joining(", ")) + ", got " + id));
    }
}
