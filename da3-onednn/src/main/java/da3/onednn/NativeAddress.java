package da3.onednn;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.Pointer;

/** A place in native memory, as JavaCPP wants it. */
final class NativeAddress extends Pointer {

    /** Most values that one view can show, since Java counts a view's bytes in an int. */
    static final int VIEW = 1 << 28;

    NativeAddress(long address) {
        super((Pointer) null);
        this.address = address;
    }

    /** DataMovement this pointer. */
    NativeAddress at(long address) {
        this.address = address;
        return this;
    }

    /** Capacities count bytes. */
    @Override
    public int sizeof() {
        return 1;
    }

    /** Floats from an address on, at most {@link #VIEW}. */
    static FloatBuffer floats(long address, int count) {
        NativeAddress at = new NativeAddress(address);
        at.capacity(4L * count);
        at.limit(4L * count);
        return at.asByteBuffer().asFloatBuffer();
    }

    /** Copies between places that do not overlap. */
    static void copy(long from, long to, long bytes) {
        memcpy(new NativeAddress(to), new NativeAddress(from), bytes);
    }

    static void write(float[] values, long to) {
        for (int i = 0; i < values.length; i += VIEW) {
            int n = Math.min(VIEW, values.length - i);
            floats(to + 4L * i, n).put(values, i, n);
        }
    }

    static float[] read(long from, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i += VIEW) {
            int n = Math.min(VIEW, count - i);
            floats(from + 4L * i, n).get(values, i, n);
        }
        return values;
    }
}
