package da3.streaming.store;

import da3.geometry.check.Check;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A share of the windows of a sequence, which one of several processes or machines computes. Windows are dealt in turn,
 * so the number of windows need not be known.
 *
 * @param number number of the part, from 1
 * @param count number of parts
 */
public record Part(int number, int count) {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,6})/(\\d{1,6})");
    private static final Pattern FILE = Pattern.compile("part-(\\d{1,6})-of-(\\d{1,6})\\.da3s");

    public Part {
        Check.atLeast("number of parts", 1, count);
        Check.inRange("number of a part", 1, count, number);
    }

    /**
     * Returns the part of a text such as {@code 2/3}.
     *
     * @throws IllegalArgumentException if it is no part
     */
    public static Part parse(String text) {
        return match(TEXT, text)
                .orElseThrow(() -> Check.invalid("part", "a number and a count such as 2/3", "'" + text + "'"));
    }

    /** Returns the part whose windows are in a file of this name, if it is one. */
    static Optional<Part> ofFile(String name) {
        return match(FILE, name);
    }

    private static Optional<Part> match(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.matches()
                ? Optional.of(new Part(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    /** Returns the name of the file with the windows of this part. */
    String file() {
        return "part-" + number + "-of-" + count + ".da3s";
    }

    /** Returns the number of the first window of this part; the others follow at a distance of {@link #count}. */
    public int firstWindow() {
        return number - 1;
    }

    @Override
    public String toString() {
        return "part " + number + " of " + count;
    }
}
