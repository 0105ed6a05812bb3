package da3.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import da3.nn.Precision;
import java.util.Arrays;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.javacpp.SizeTPointer;

/** A memory layout, float32 by default: strided, in an internal format of oneDNN, or left for oneDNN to choose. */
final class Layout {

    private final long[] sizes;
    private final long[] strides; // null unless strided
    private final byte[] blob; // null unless in an internal format
    private final int type;

    private Layout(long[] sizes, long[] strides, byte[] blob) {
        this(sizes, strides, blob, dnnl_f32);
    }

    private Layout(long[] sizes, long[] strides, byte[] blob, int type) {
        this.sizes = sizes;
        this.strides = strides;
        this.blob = blob;
        this.type = type;
    }

    /** Returns this layout in another precision; not for internal formats, which fix the precision. */
    Layout withPrecision(Precision precision) {
        int type =
                switch (precision) {
                    case FLOAT32 -> dnnl_f32;
                    case BFLOAT16 -> dnnl_bf16;
                    case INT8 -> dnnl_s8;
                };
        return new Layout(sizes, strides, null, type);
    }

    /** Returns a row-major layout without gaps. */
    static Layout dense(long... sizes) {
        long[] strides = new long[sizes.length];
        long stride = 1;
        for (int i = sizes.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= sizes[i];
        }
        return new Layout(sizes, strides, null);
    }

    static Layout strided(long[] sizes, long... strides) {
        return new Layout(sizes, strides, null);
    }

    /** Returns the layout of a matrix whose rows are {@code stride} values apart. */
    static Layout matrix(long rows, long columns, long stride) {
        return new Layout(new long[] {rows, columns}, new long[] {stride, 1}, null);
    }

    /** Returns a layout of (1, channels, rows, columns), the axes of oneDNN, with channels last in memory. */
    static Layout map(long rows, long columns, long channels) {
        return new Layout(
                new long[] {1, channels, rows, columns},
                new long[] {rows * columns * channels, 1, columns * channels, channels},
                null);
    }

    /** Returns the layout of some adjacent columns of a matrix that is not in an internal format, or of all columns. */
    Layout columns(long count) {
        return count == sizes[1] ? this : new Layout(new long[] {sizes[0], count}, strides, null, type);
    }

    /** Returns the distance in values between the columns of a matrix that is not in an internal format. */
    long columnStride() {
        return strides[1];
    }

    /** Returns whether this is an internal format of oneDNN. */
    boolean isPacked() {
        return blob != null;
    }

    /** Returns a layout that oneDNN chooses. */
    static Layout any(long... sizes) {
        return new Layout(sizes, null, null);
    }

    /** Returns the layout of a oneDNN descriptor. */
    static Layout of(dnnl_memory_desc desc, long... sizes) {
        try (SizeTPointer length = new SizeTPointer(1)) {
            Status.check(dnnl_memory_desc_get_blob((byte[]) null, length, desc), "measure a layout");
            byte[] blob = new byte[(int) length.get()];
            Status.check(dnnl_memory_desc_get_blob(blob, length, desc), "copy a layout");
            return new Layout(sizes, null, blob);
        }
    }

    /** Returns a new descriptor, which the caller must destroy. */
    dnnl_memory_desc open() {
        dnnl_memory_desc desc = new dnnl_memory_desc();
        int status;
        if (blob != null) {
            status = dnnl_memory_desc_create_with_blob(desc, blob);
        } else if (strides != null) {
            status = dnnl_memory_desc_create_with_strides(desc, sizes.length, sizes, type, strides);
        } else {
            status = dnnl_memory_desc_create_with_tag(desc, sizes.length, sizes, type, dnnl_format_tag_any);
        }
        Status.check(status, "describe a layout, " + this);
        return desc;
    }

    /** Returns the size of an array of this layout in floats, including padding. */
    long floats() {
        dnnl_memory_desc desc = open();
        try {
            return (dnnl_memory_desc_get_size(desc) + 3) / 4;
        } finally {
            dnnl_memory_desc_destroy(desc);
        }
    }

    /** Returns the floats of the cache lines that an array of this layout takes. */
    long lineFloats() {
        return AlignedBuffer.wholeLines(floats());
    }

    @Override
    public boolean equals(Object o) {
        if (!(o instanceof Layout l)
                || l.type != type
                || !Arrays.equals(l.sizes, sizes)
                || !Arrays.equals(l.strides, strides)) {
            return false;
        }
        return blob == null || l.blob == null ? blob == l.blob : Arrays.equals(l.blob, blob) || isSame(l);
    }

    /** Compares through oneDNN, since a blob may contain insignificant bytes. */
    private boolean isSame(Layout other) {
        dnnl_memory_desc a = open();
        dnnl_memory_desc b = other.open();
        try {
            return dnnl_memory_desc_equal(a, b) != 0;
        } finally {
            dnnl_memory_desc_destroy(a);
            dnnl_memory_desc_destroy(b);
        }
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(sizes) + Arrays.hashCode(strides);
    }

    @Override
    public String toString() {
        if (blob != null) {
            return Arrays.toString(sizes) + ", packed";
        }
        String kind = strides != null ? "strides " + Arrays.toString(strides) : "any layout";
        return name() + " " + Arrays.toString(sizes) + ", " + kind;
    }

    private String name() {
        return switch (type) {
            case dnnl_bf16 -> "bfloat16";
            case dnnl_s8 -> "int8";
            default -> "float32";
        };
    }
}
