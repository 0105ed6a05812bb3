package da3.weights.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of the norms in the ray branch of the dual head, where all levels share one parameter. The official library
 * stores it as level 0 and lists the other levels in the metadata; networks read it as the finest level.
 *
 * <p>Source: reference file model/dualdpt.py, where all levels share their norms.
 */
public final class TiedNorms {

    private static final Pattern NAME = Pattern.compile("(.*output_conv2_aux\\.)([0-3])(\\.2\\.(?:weight|bias))");

    private TiedNorms() {}

    /** Returns the stored name of a parameter, or empty if it is not such a norm. */
    public static Optional<String> storedName(String name) {
        return nameAtLevel(name, 0);
    }

    /** Returns the name of the same parameter at another level, or empty if it is not such a norm. */
    public static Optional<String> nameAtLevel(String name, int level) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() ? Optional.of(matcher.group(1) + level + matcher.group(3)) : Optional.empty();
    }
}
