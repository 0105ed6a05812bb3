package da3.evaluation.mode;

import da3.evaluation.ImageDistance;
import da3.geometry.check.Check;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** All evaluation modes. */
public final class Modes {

    private Modes() {}

    /** Returns all modes, in the order of a report, without LPIPS. */
    public static List<Mode> all() {
        return all(Optional.empty());
    }

    /**
     * Returns all modes, in the order of a report.
     *
     * @param lpips measures rendered views; LPIPS is not measured if it is empty
     */
    public static List<Mode> all(Optional<ImageDistance> lpips) {
        return List.of(
                new DepthMode(),
                new PoseMode(),
                new PosedDepthMode(),
                new MonoMode(),
                new MetricMode(),
                new ReconstructionMode(false),
                new ReconstructionMode(true),
                new ViewSynthesisMode(lpips));
    }

    /** Returns the mode with an id, without LPIPS. */
    public static Mode of(String id) {
        return of(id, Optional.empty());
    }

    /**
     * Returns the mode with an id.
     *
     * @param lpips measures rendered views; LPIPS is not measured if it is empty
     * @throws IllegalArgumentException if the id is unknown; the message lists all ids
     */
    public static Mode of(String id, Optional<ImageDistance> lpips) {
        List<Mode> all = all(lpips);
        return all.stream()
                .filter(mode -> mode.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Check.invalid(
                        "mode", "one of " + all.stream().map(Mode::id).collect(Collectors.joining(", ")), id));
    }
}
