package da3.server.wire;

/** Text from untrusted senders in a form that may be repeated in an answer. */
public final class SafeText {

    private static final int LONGEST = 200;

    private SafeText() {}

    /** Returns at most 200 characters, with control characters and those that change the writing direction replaced. */
    public static String shortened(String text) {
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
