package da3.spark;

import da3.export.JobOptions;
import da3.export.OptionField;
import da3.export.OptionFields;
import da3.export.OptionType;
import da3.geometry.check.Check;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads the options of a job from texts by name, as in the column {@code options} of scenes. */
final class OptionTexts {

    private OptionTexts() {}

    /**
     * Returns default options with some changed.
     *
     * @param texts values by {@linkplain OptionField#name() name}; lists are joined by commas
     * @throws IllegalArgumentException if there is no such option, or a value is not allowed
     */
    static JobOptions parse(Map<String, String> texts) {
        JobOptions.Builder job = JobOptions.builder();
        texts.forEach((name, text) -> {
            OptionField<?> field = field(name);
            field.set(job, value(field, text.strip()));
        });
        return job.build();
    }

    private static OptionField<?> field(String name) {
        return OptionFields.all().stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Check.invalid(
                        "option",
                        "one of "
                                + OptionFields.all().stream()
                                        .map(OptionField::name)
                                        .collect(Collectors.joining(", ")),
                        "'" + name + "'"));
    }

    private static Object value(OptionField<?> field, String text) {
        try {
            return switch (field.type().kind()) {
                case FLAG -> flag(field, text);
                case INTEGER -> (int) integer(field.name(), field.type(), Integer.parseInt(text));
                case LONG -> integer(field.name(), field.type(), Long.parseLong(text));
                case NUMBER -> number(field, Double.parseDouble(text));
                case TEXT -> choice(field, text);
                case INTEGERS ->
                    Arrays.stream(text.split(","))
                            .map(String::strip)
                            .map(Integer::valueOf)
                            .toList();
            };
        } catch (NumberFormatException e) {
            String type = field.type().kind() == OptionType.Kind.NUMBER ? "a number" : "an integer";
            boolean list = field.type().kind() == OptionType.Kind.INTEGERS;
            throw Check.invalid(field.name(), list ? "integers, joined by commas" : type, "'" + text + "'");
        }
    }

    private static boolean flag(OptionField<?> field, String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw Check.invalid(field.name(), "true or false", "'" + text + "'");
        }
        return text.equals("true");
    }

    /** Returns an integer that an option of a type allows. */
    static long integer(String name, OptionType<?> type, long value) {
        long minimum = type.minimum().orElse(Long.MIN_VALUE).longValue();
        long maximum = type.maximum().orElse(Long.MAX_VALUE).longValue();
        if (value < minimum || value > maximum) {
            boolean open = type.maximum().isEmpty();
            throw Check.invalid(name, open ? "at least " + minimum : "from " + minimum + " to " + maximum, value);
        }
        return value;
    }

    private static double number(OptionField<?> field, double value) {
        return Check.inRange(
                field.name(),
                field.type().minimum().orElse(-Double.MAX_VALUE).doubleValue(),
                field.type().maximum().orElse(Double.MAX_VALUE).doubleValue(),
                value);
    }

    private static String choice(OptionField<?> field, String text) {
        if (!field.type().choices().isEmpty() && !field.type().choices().contains(text)) {
            throw Check.invalid(
                    field.name(), "one of " + String.join(", ", field.type().choices()), "'" + text + "'");
        }
        return text;
    }
}
