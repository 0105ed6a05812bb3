package da3.server.wire;

/** Sanitizes untrusted text for messages. */
public final class SafeText {

    private static final int MAX_CHARACTERS = 200;

    private SafeText() {}

    /**
     * Returns the first 200 characters of a text, with control characters, line separators and characters that change the
     * writing direction replaced by question marks. A longer text ends with three dots.
     */
    public static String sanitize(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().limit(MAX_CHARACTERS).map(c -> isUnsafe(c) ? '?' : c).forEach(safe::appendCodePoint);
        return safe + (text.codePointCount(0, text.length()) > MAX_CHARACTERS ? "..." : "");
    }

    private static boolean isUnsafe(int character) {
        int type = Character.getType(character);
        return Character.isISOControl(character)
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
