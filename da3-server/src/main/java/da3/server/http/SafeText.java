package da3.server.http;

/** What of others' words may be repeated in an answer. */
final class SafeText {

    private static final int LONGEST = 200;

    private SafeText() {}

    /** At most a line of it, without control characters and those that turn the direction of writing. */
    static String shortened(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().limit(LONGEST).map(c -> isCommand(c) ? '?' : c).forEach(safe::appendCodePoint);
        return safe + (text.codePointCount(0, text.length()) > LONGEST ? "..." : "");
    }

    private static boolean isCommand(int character) {
        int type = Character.getType(character);
        return Character.isISOControl(character)
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
