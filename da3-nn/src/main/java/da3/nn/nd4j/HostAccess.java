package da3.nn.nd4j;

import da3.geometry.check.Check;
import java.nio.FloatBuffer;
import java.util.function.Consumer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Upload and download: the only class that accesses the memory of ND4J arrays, since on a GPU each access is a
 * transfer.
 *
 * <p>ND4J transfers whole buffers. On a GPU, the values therefore pass through a temporary array with a buffer of its
 * own: a transfer of the buffer that an array shares with others would replace their values by outdated ones.
 */
final class HostAccess {

    /** Maximum number of floats in a Java buffer, whose size is less than 2 GiB. */
    private static final int MAX_WINDOW = 1 << 28;

    private HostAccess() {}

    /** Fills a dense array of at most 2^28 values through a writer. */
    static void write(INDArray array, Consumer<FloatBuffer> writer) {
        if (array.length() > MAX_WINDOW) {
            throw Check.invalid("number of values", "at most " + MAX_WINDOW, array.length());
        }
        write(array, Backend.isOnHost(), target -> writer.accept(window(target, 0, (int) target.length())));
    }

    /** Fills a dense array. */
    static void write(INDArray array, float[] values) {
        write(array, Backend.isOnHost(), target -> fill(target, values));
    }

    /** Fills a dense array, either directly or through a temporary array. */
    static void write(INDArray array, boolean direct, Consumer<INDArray> writer) {
        if (direct) {
            writer.accept(array);
            return;
        }
        try (INDArray temporary = Nd4j.createUninitialized(DataType.FLOAT, array.shape())) {
            writer.accept(temporary);
            Nd4j.getAffinityManager().tagLocation(temporary, Location.HOST);
            Nd4j.getAffinityManager().ensureLocation(temporary, Location.DEVICE);
            array.assign(temporary);
        }
    }

    /** Returns the values of a dense array. */
    static float[] read(INDArray array) {
        return read(array, Backend.isOnHost());
    }

    /** Returns the values of a dense array, read either directly or through a temporary array. */
    static float[] read(INDArray array, boolean direct) {
        if (direct) {
            return values(array);
        }
        try (INDArray temporary = array.dup('c')) {
            Nd4j.getAffinityManager().ensureLocation(temporary, Location.HOST);
            return values(temporary);
        }
    }

    private static void fill(INDArray array, float[] values) {
        for (int from = 0; from < values.length; from += MAX_WINDOW) {
            int count = Math.min(MAX_WINDOW, values.length - from);
            window(array, from, count).put(values, from, count);
        }
    }

    private static float[] values(INDArray array) {
        float[] values = new float[Math.toIntExact(array.length())];
        for (int from = 0; from < values.length; from += MAX_WINDOW) {
            int count = Math.min(MAX_WINDOW, values.length - from);
            window(array, from, count).get(values, from, count);
        }
        return values;
    }

    /** Returns a buffer over some values, whose offset may be beyond the range of a Java buffer. */
    private static FloatBuffer window(INDArray array, int from, int count) {
        DataBuffer data = array.data();
        FloatPointer start = new FloatPointer(data.pointer()).getPointer(data.offset() + from);
        return start.capacity(count).asByteBuffer().asFloatBuffer();
    }
}
