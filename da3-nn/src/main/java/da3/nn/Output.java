package da3.nn;

import da3.geometry.check.Check;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** An output of a network. Only requested outputs are computed. */
public enum Output {
    /** Depth, and its confidence where the network has one. */
    DEPTH,
    /** Pose encodings. */
    CAMERA,
    /** A ray per pixel of a coarse grid, with confidence. */
    RAYS,
    /** Raw Gaussian parameters per pixel. */
    GAUSSIANS;

    /** Returns the name used by the command line, for instance {@code rays}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for an unknown name; the message lists the known ones */
    public static Output of(String id) {
        return Arrays.stream(values())
                .filter(o -> o.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Check.invalid(
                        "output",
                        "one of " + Arrays.stream(values()).map(Output::id).collect(Collectors.joining(", ")),
                        "'" + id + "'"));
    }
}
