package da3.weights.safetensors;

import java.util.regex.Pattern;

/** Makes untrusted text from files and responses safe to quote in messages: short and without control characters. */
public final class UntrustedText {

    private static final int MAX_LENGTH = 120;

    private static final Pattern INVISIBLE = Pattern.compile("[^\\x20-\\x7e]");

    private UntrustedText() {}

    /** Replaces everything but visible ASCII by {@code ?}, and truncates the text after 120 characters. */
    public static String shown(String text) {
        return shown(text, MAX_LENGTH);
    }

    static String shown(String text, int maxLength) {
        String start = text.length() <= maxLength ? text : text.substring(0, maxLength) + "...";
        return INVISIBLE.matcher(start).replaceAll("?");
    }
}
