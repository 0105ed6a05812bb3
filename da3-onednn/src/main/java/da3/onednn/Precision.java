package da3.onednn;

import java.util.Locale;

/** Arithmetic of the linear maps of tokens. Everything else, the heads above all, is float32 either way. */
public enum Precision {
    FLOAT32,
    /** Factors in bfloat16, sums in float32; half the memory of these weights. Needs AVX-512 with bfloat16, or AMX. */
    BFLOAT16;

    /** For instance {@code float32}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
