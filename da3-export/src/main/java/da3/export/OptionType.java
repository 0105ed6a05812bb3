package da3.export;

import java.util.List;
import java.util.Optional;

/**
 * The type of an option's value, for the command line and JSON.
 *
 * @param <T> Boolean, Integer, Long, Double, String or a list of Integer
 * @param kind notation of the value
 * @param choices allowed texts; empty if any text is allowed
 * @param minimum minimum of a number; empty if there is none
 * @param maximum maximum of a number; empty if there is none
 */
public record OptionType<T>(Kind kind, List<String> choices, Optional<Number> minimum, Optional<Number> maximum) {

    /** The notation of a value. */
    public enum Kind {
        FLAG,
        INTEGER,
        LONG,
        NUMBER,
        TEXT,
        INTEGERS
    }

    public OptionType {
        choices = List.copyOf(choices);
    }

    static OptionType<Boolean> flag() {
        return of(Kind.FLAG);
    }

    static OptionType<Integer> integer(int minimum) {
        return new OptionType<>(Kind.INTEGER, List.of(), Optional.of(minimum), Optional.empty());
    }

    static OptionType<Integer> integer(int minimum, int maximum) {
        return new OptionType<>(Kind.INTEGER, List.of(), Optional.of(minimum), Optional.of(maximum));
    }

    static OptionType<Long> longInteger() {
        return of(Kind.LONG);
    }

    static OptionType<Double> number(double minimum, double maximum) {
        return new OptionType<>(Kind.NUMBER, List.of(), Optional.of(minimum), Optional.of(maximum));
    }

    static OptionType<String> text() {
        return of(Kind.TEXT);
    }

    static OptionType<String> choice(List<String> choices) {
        return new OptionType<>(Kind.TEXT, choices, Optional.empty(), Optional.empty());
    }

    static OptionType<List<Integer>> integers() {
        return of(Kind.INTEGERS);
    }

    private static <T> OptionType<T> of(Kind kind) {
        return new OptionType<>(kind, List.of(), Optional.empty(), Optional.empty());
    }
}
