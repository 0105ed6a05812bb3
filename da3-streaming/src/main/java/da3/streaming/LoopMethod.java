package da3.streaming;

import da3.geometry.check.Check;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A method of finding loop candidates, which the network then verifies. */
public enum LoopMethod {
    /** Similar tokens of the last block that does not mix views, which a window computes anyway. */
    TOKENS,
    /**
     * Similar descriptions of each frame alone by {@link WindowPredictor#describe}; a model takes tokens of its last block,
     * at about half the cost of a view.
     */
    DEEP,
    /** Frusta that overlap in the present map, within its drift; costs nothing, and finds no loop after more drift. */
    FRUSTA,
    /** No loops. */
    OFF;

    /** Returns the name on the command line. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the method with a name.
     *
     * @throws IllegalArgumentException if there is none; the message lists all
     */
    public static LoopMethod parse(String id) {
        return Arrays.stream(values())
                .filter(method -> method.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Check.invalid(
                        "loop method",
                        "one of " + Arrays.stream(values()).map(LoopMethod::id).collect(Collectors.joining(", ")),
                        "'" + id + "'"));
    }
}
