package da3.onednn;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.Pointer;

/** A raw native address as a JavaCPP pointer. */
final class NativeAddress extends Pointer {

    /** Maximum number of values in one buffer view, whose size in bytes is an int. */
    static final int MAX_VIEW_VALUES = 1 << 28;

    NativeAddress(long address) {
        super((Pointer) null);
        this.address = address;
    }

    /** Makes this pointer point to another address. */
    NativeAddress set(long address) {
        this.address = address;
        return this;
    }

    /** Returns 1, since capacities are in bytes. */
    @Override
    public int sizeof() {
        return 1;
    }

    /** Returns a view of at most {@link #MAX_VIEW_VALUES} floats. */
    static FloatBuffer floats(long address, int count) {
        return bytes(address, 4 * count).asFloatBuffer();
    }

    /** Returns a view of bytes. */
    static ByteBuffer bytes(long address, int count) {
        NativeAddress start = new NativeAddress(address);
        start.capacity(count);
        start.limit(count);
        return start.asByteBuffer();
    }

    /** Copies between ranges that do not overlap. */
    static void copy(long from, long to, long bytes) {
        memcpy(new NativeAddress(to), new NativeAddress(from), bytes);
    }

    static void write(float[] values, long to) {
        for (int i = 0; i < values.length; i += MAX_VIEW_VALUES) {
            int n = Math.min(MAX_VIEW_VALUES, values.length - i);
            floats(to + 4L * i, n).put(values, i, n);
        }
    }

    static float[] read(long from, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i += MAX_VIEW_VALUES) {
            int n = Math.min(MAX_VIEW_VALUES, count - i);
            floats(from + 4L * i, n).get(values, i, n);
        }
        return values;
    }
}
