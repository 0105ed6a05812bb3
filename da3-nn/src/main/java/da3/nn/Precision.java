package da3.nn;

import da3.geometry.check.Check;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The precision of products: linear maps, attention, convolutions. Sums and functions are always computed in float32.
 */
public enum Precision {
    FLOAT32("fp32", Float.BYTES),
    /**
     * The factors of products and most of their results are bfloat16, which halves their memory. Residual tokens,
     * camera vectors and network outputs are float32.
     */
    BFLOAT16("bf16", Short.BYTES),
    /**
     * The factors of the linear maps of tokens and of 3x3 convolutions other than those of rays, which are most products
     * of a network, are 8-bit integers: tokens and feature maps with one scale each, weights with one per output
     * channel. Linear maps that would not become faster or smaller, and everything else, are bfloat16 if the processor
     * has instructions for it, otherwise float32. For inference only.
     */
    INT8("int8", Byte.BYTES);

    private final String shortName;
    private final int bytes;

    Precision(String shortName, int bytes) {
        this.shortName = shortName;
        this.bytes = bytes;
    }

    /** Returns the size of a value in bytes. */
    public int bytes() {
        return bytes;
    }

    /** Returns the name, for instance {@code float32}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @param name {@code fp32}, {@code float32}, {@code bf16}, {@code bfloat16} or {@code int8}
     * @throws IllegalArgumentException for any other name; the message lists the known ones
     */
    public static Precision of(String name) {
        return Arrays.stream(values())
                .filter(p -> p.shortName.equals(name) || p.id().equals(name))
                .findFirst()
                .orElseThrow(() -> Check.invalid(
                        "precision",
                        "one of "
                                + Arrays.stream(values())
                                        .map(p ->
                                                p.shortName.equals(p.id()) ? p.id() : p.shortName + " (" + p.id() + ")")
                                        .collect(Collectors.joining(", ")),
                        "'" + name + "'"));
    }
}
