package da3.nn;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Arithmetic of products: linear maps, attention, convolutions. Sums and functions are float32 either way. */
public enum Precision {
    FLOAT32("fp32", Float.BYTES),
    /**
     * Factors in bfloat16, and what products, norms and maps leave in memory; half the memory of both. The tokens that
     * blocks add to, camera vectors and the networks' outputs are float32.
     */
    BFLOAT16("bf16", Short.BYTES);

    private final String shortName;
    private final int bytes;

    Precision(String shortName, int bytes) {
        this.shortName = shortName;
        this.bytes = bytes;
    }

    /** Of a value. */
    public int bytes() {
        return bytes;
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
