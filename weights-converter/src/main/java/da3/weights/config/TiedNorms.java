package da3.weights.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The norms of the dual head's auxiliary levels are one parameter under several names. The official saving routine keeps
 * it under level 0 and names the other levels in the metadata; a network reads it under the finest level.
 *
 * <p>Source: reference file model/dualdpt.py, where the norms are built once for all levels.
 */
public final class TiedNorms {

    private static final Pattern NAME = Pattern.compile("(.*output_conv2_aux\\.)([0-3])(\\.2\\.(?:weight|bias))");

    private TiedNorms() {}

    /** The name under which a file keeps this parameter, or nothing if it is not such a norm. */
    public static Optional<String> kept(String name) {
        return level(name, 0);
    }

    /** The name of the same parameter at another level, or nothing if it is not such a norm. */
    public static Optional<String> level(String name, int level) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() ? Optional.of(matcher.group(1) + level + matcher.group(3)) : Optional.empty();
    }
}
