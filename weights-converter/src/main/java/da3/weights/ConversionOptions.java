package da3.weights;

import da3.geometry.check.Check;
import da3.weights.safetensors.DType;
import java.util.OptionalLong;

/**
 * Options of a conversion.
 *
 * @param precision F32, F16 or BF16; values are rounded to nearest, ties to even
 * @param maxShardBytes maximum size of the tensors in a file, except for single larger tensors; empty for one file
 * @param overwrite whether an existing target may be replaced
 */
public record ConversionOptions(DType precision, OptionalLong maxShardBytes, boolean overwrite) {

    public ConversionOptions {
        if (precision != DType.F32 && precision != DType.F16 && precision != DType.BF16) {
            throw Check.invalid("precision", "F32, F16 or BF16", precision);
        }
        if (maxShardBytes.isPresent() && maxShardBytes.getAsLong() < 1) {
            throw Check.invalid("maxShardBytes", "at least 1", maxShardBytes.getAsLong());
        }
    }

    /** Returns options for F32, a single file, and no overwriting. */
    public static ConversionOptions defaults() {
        return new ConversionOptions(DType.F32, OptionalLong.empty(), false);
    }

    public ConversionOptions withPrecision(DType precision) {
        return new ConversionOptions(precision, maxShardBytes, overwrite);
    }

    public ConversionOptions withMaxShardBytes(long bytes) {
        return new ConversionOptions(precision, OptionalLong.of(bytes), overwrite);
    }

    public ConversionOptions withOverwrite(boolean overwrite) {
        return new ConversionOptions(precision, maxShardBytes, overwrite);
    }
}
