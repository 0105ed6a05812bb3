package da3.weights.safetensors;

import java.util.regex.Pattern;

/** Text out of files and answers that nobody vouches for, as messages quote it: short, and harmless to a terminal. */
public final class UntrustedText {

    private static final int SHOWN = 120;

    private static final Pattern NOT_VISIBLE = Pattern.compile("[^\\x20-\\x7e]");

    private UntrustedText() {}

    /** Visible ASCII, with {@code ?} for the rest, and dots after 120 characters. */
    public static String shown(String text) {
        return shown(text, SHOWN);
    }

    static String shown(String text, int most) {
        String start = text.length() <= most ? text : text.substring(0, most) + "...";
        return NOT_VISIBLE.matcher(start).replaceAll("?");
    }
}
