package da3.evaluation.mode;

import da3.geometry.check.Check;
import java.util.List;
import java.util.stream.Collectors;

/** All evaluation modes. */
public final class Modes {

    private static final List<Mode> ALL =
            List.of(new DepthMode(), new PoseMode(), new PosedDepthMode(), new MonoMode());

    private Modes() {}

    /** Returns all modes, in the order of a report. */
    public static List<Mode> all() {
        return ALL;
    }

    /**
     * Returns the mode with an id.
     *
     * @throws IllegalArgumentException if the id is unknown; the message lists all ids
     */
    public static Mode of(String id) {
        return ALL.stream()
                .filter(mode -> mode.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Check.invalid(
                        "mode", "one of " + ALL.stream().map(Mode::id).collect(Collectors.joining(", ")), id));
    }
}
