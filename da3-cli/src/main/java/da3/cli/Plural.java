package da3.cli;

/** Counts in messages. */
final class Plural {

    private Plural() {}

    /** Returns the count and the noun, with an s unless the count is 1. */
    static String of(int count, String noun) {
        return count == 1 ? "1 " + noun : count + " " + noun + "s";
    }
}
