package da3.nn;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What can be asked of a network; what is not asked for is not computed. */
public enum Output {
    /** Depth, and its confidence where the network has one. */
    DEPTH,
    /** Pose encodings. */
    CAMERA,
    /** A ray per pixel of a coarse grid, with confidence. */
    RAYS,
    /** Raw Gaussian parameters per pixel. */
    GAUSSIANS;

    /** As on the command line, for instance {@code rays}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for an unknown name; the message lists the legal ones */
    public static Output of(String id) {
        return Arrays.stream(values())
                .filter(o -> o.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown output '" + id + "'; legal: "
                        + Arrays.stream(values()).map(Output::id).collect(Collectors.joining(", "))));
    }
}
