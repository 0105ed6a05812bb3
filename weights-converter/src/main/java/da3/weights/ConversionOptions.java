package da3.weights;

import da3.weights.safetensors.DType;
import java.util.OptionalLong;

/**
 * How to write a checkpoint.
 *
 * @param precision F32, F16 or BF16; values are rounded to the nearest, ties to even
 * @param maxShardBytes the most bytes of tensors in a file, though never less than one tensor; absent for one file
 * @param overwrite whether what is at the target may be replaced
 */
public record ConversionOptions(DType precision, OptionalLong maxShardBytes, boolean overwrite) {

    public ConversionOptions {
        if (precision != DType.F32 && precision != DType.F16 && precision != DType.BF16) {
            throw new IllegalArgumentException("precision is " + precision + "; legal: F32, F16, BF16");
        }
        if (maxShardBytes.isPresent() && maxShardBytes.getAsLong() < 1) {
            throw new IllegalArgumentException("maxShardBytes is " + maxShardBytes.getAsLong() + "; legal: at least 1");
        }
    }

    /** F32, one file, nothing replaced. */
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
