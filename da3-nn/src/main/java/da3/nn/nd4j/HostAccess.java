package da3.nn.nd4j;

import da3.geometry.check.Check;
import java.nio.FloatBuffer;
import java.util.function.Consumer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Upload and download: the only class that accesses the memory of ND4J arrays, since on a GPU each access is a
 * transfer.
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
        writer.accept(window(array, 0, (int) array.length()));
        synchronizeDevice(array);
    }

    /** Fills a dense array. */
    static void write(INDArray array, float[] values) {
        for (int from = 0; from < values.length; from += MAX_WINDOW) {
            int count = Math.min(MAX_WINDOW, values.length - from);
            window(array, from, count).put(values, from, count);
        }
        synchronizeDevice(array);
    }

    /** Returns the values of a dense array. */
    static float[] read(INDArray array) {
        Nd4j.getAffinityManager().ensureLocation(array, Location.HOST);
        float[] values = new float[Math.toIntExact(array.length())];
        for (int from = 0; from < values.length; from += MAX_WINDOW) {
            int count = Math.min(MAX_WINDOW, values.length - from);
            window(array, from, count).get(values, from, count);
        }
        return values;
    }

    private static void synchronizeDevice(INDArray array) {
        Nd4j.getAffinityManager().tagLocation(array, Location.HOST);
        Nd4j.getAffinityManager().ensureLocation(array, Location.DEVICE);
    }

    /** Returns a buffer over some values, whose offset may be beyond the range of a Java buffer. */
    private static FloatBuffer window(INDArray array, int from, int count) {
        DataBuffer data = array.data();
        FloatPointer start = new FloatPointer(data.pointer()).getPointer(data.offset() + from);
        return start.capacity(count).asByteBuffer().asFloatBuffer();
    }
}
