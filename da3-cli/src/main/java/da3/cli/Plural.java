package da3.cli;

/** Counted nouns in messages. */
final class Plural {

    private Plural() {}

    /** Returns the count and the noun, which is plural unless the count is 1. */
    static String of(int count, String noun) {
        return count == 1 ? "1 " + noun : count + " " + noun + "s";
    }
}
