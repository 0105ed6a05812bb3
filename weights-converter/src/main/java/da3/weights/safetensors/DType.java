package da3.weights.safetensors;

import da3.geometry.check.Check;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** The element types of safetensors files, all little-endian. */
public enum DType {
    F64(8),
    F32(4),
    F16(2),
    BF16(2),
    I64(8),
    I32(4),
    I16(2),
    I8(1),
    U8(1),
    BOOL(1);

    private final int bytes;

    DType(int bytes) {
        this.bytes = bytes;
    }

    /** Returns the size of an element in bytes. */
    public int bytes() {
        return bytes;
    }

    public boolean isFloating() {
        return this == F64 || this == F32 || this == F16 || this == BF16;
    }

    /**
     * Returns the type with a name.
     *
     * @throws IllegalArgumentException for an unknown name; the message lists the known ones
     */
    public static DType of(String name) {
        for (DType type : values()) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        throw Check.invalid("dtype", "one of " + Arrays.toString(values()), '"' + name + '"');
    }

    /** Converts all remaining elements of a little-endian buffer to the nearest floats. */
    void decode(ByteBuffer from, FloatBuffer into) {
        requireLittleEndian(from);
        switch (this) {
            case F32 -> {
                into.put(from.asFloatBuffer());
                from.position(from.limit());
            }
            case BF16 -> {
                while (from.hasRemaining()) {
                    // bfloat16 is the upper half of a float
                    into.put(Float.intBitsToFloat(from.getShort() << 16));
                }
            }
            case F16 -> {
                while (from.hasRemaining()) {
                    into.put(halfToFloat(from.getShort()));
                }
            }
            default -> {
                while (from.hasRemaining()) {
                    into.put((float) nextDouble(from));
                }
            }
        }
    }

    /** Reads the next element of a little-endian buffer; 64-bit integers beyond 2^53 are rounded. */
    double nextDouble(ByteBuffer from) {
        return switch (this) {
            case F64 -> from.getDouble();
            case F32 -> from.getFloat();
            case F16 -> halfToFloat(from.getShort());
            case BF16 -> Float.intBitsToFloat(from.getShort() << 16);
            default -> nextLong(from);
        };
    }

    /** Reads the next element of a little-endian buffer of integers or booleans. */
    long nextLong(ByteBuffer from) {
        return switch (this) {
            case I64 -> from.getLong();
            case I32 -> from.getInt();
            case I16 -> from.getShort();
            case I8 -> from.get();
            case U8 -> from.get() & 0xff;
            case BOOL -> from.get() != 0 ? 1 : 0;
            default -> throw new IllegalStateException(this + " does not hold integers");
        };
    }

    /** Converts IEEE 754 binary16 to binary32, which is exact. */
    static float halfToFloat(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = half >>> 10 & 0x1f;
        int mantissa = half & 0x3ff;
        if (exponent == 0) {
            // subnormal: a multiple of 2^-24
            float magnitude = mantissa * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        int wide = exponent == 0x1f ? 0xff : exponent - 15 + 127;
        return Float.intBitsToFloat(sign | wide << 23 | mantissa << 13);
    }

    /**
     * Writes all remaining floats to a little-endian buffer, rounded to the nearest value of this type, ties to even.
     *
     * @throws ArithmeticException if a finite value would become infinite
     */
    public void encode(FloatBuffer from, ByteBuffer into) {
        requireLittleEndian(into);
        switch (this) {
            case F32 -> {
                int count = from.remaining();
                into.asFloatBuffer().put(from);
                into.position(into.position() + count * Float.BYTES);
            }
            case BF16 -> {
                while (from.hasRemaining()) {
                    float value = from.get();
                    short upper = floatToUpperHalf(value);
                    requireInRange(value, (upper & 0x7fff) == 0x7f80);
                    into.putShort(upper);
                }
            }
            case F16 -> {
                while (from.hasRemaining()) {
                    float value = from.get();
                    short half = floatToHalf(value);
                    requireInRange(value, (half & 0x7fff) == 0x7c00);
                    into.putShort(half);
                }
            }
            default -> throw Check.invalid("type of encoded floats", "F32, F16 or BF16", this);
        }
    }

    private void requireInRange(float value, boolean infinite) {
        if (infinite && Float.isFinite(value)) {
            throw new ArithmeticException(value + " is beyond the range of " + this);
        }
    }

    /** Converts binary32 to bfloat16, ties to even. */
    static short floatToUpperHalf(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) (bits >>> 16 | 0x40); // a quiet NaN
        }
        return (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
    }

    /** Converts binary32 to IEEE 754 binary16, ties to even. */
    static short floatToHalf(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        if (Float.isNaN(value)) {
            return (short) (sign | 0x7e00);
        }
        float magnitude = Math.abs(value);
        if (magnitude >= 65520) {
            return (short) (sign | 0x7c00);
        }
        if (magnitude < 0x1p-14f) {
            // subnormal: a multiple of 2^-24; a carry results in the smallest normal number
            return (short) (sign | (int) Math.rint(magnitude * 0x1p24));
        }
        int rounded = (bits & 0x7fffffff) + 0xfff + (bits >>> 13 & 1);
        return (short) (sign | (rounded >>> 13) - (127 - 15 << 10));
    }

    private static void requireLittleEndian(ByteBuffer buffer) {
        if (buffer.order() != ByteOrder.LITTLE_ENDIAN) {
            throw Check.invalid("byte order of the buffer", "LITTLE_ENDIAN", buffer.order());
        }
    }
}
