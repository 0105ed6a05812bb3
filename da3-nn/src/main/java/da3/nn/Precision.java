package da3.nn;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Arithmetic of the linear maps of tokens. Everything else, the heads above all, is float32 either way. */
public enum Precision {
    FLOAT32("fp32"),
    /** Factors in bfloat16, sums in float32; half the memory of these weights. */
    BFLOAT16("bf16");

    private final String shortName;

    Precision(String shortName) {
        this.shortName = shortName;
    }

    /** For instance {@code float32}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @param name {@code fp32}, {@code float32}, {@code bf16} or {@code bfloat16}
     * @throws IllegalArgumentException for any other name; the message lists the legal ones
     */
    public static Precision of(String name) {
        return Arrays.stream(values())
                .filter(p -> p.shortName.equals(name) || p.id().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown precision '" + name + "'; legal: "
                        + Arrays.stream(values())
                                .map(p -> p.shortName + " (" + p.id() + ")")
                                .collect(Collectors.joining(", "))));
    }
}
