package da3.nn.nd4j;

import java.nio.FloatBuffer;
import java.util.function.Consumer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Upload and download: the only place that looks behind an ND4J array, since on a GPU every look is a transfer. */
final class HostAccess {

    /** Floats that one Java buffer can show: below 2 GiB. */
    private static final int WINDOW = 1 << 28;

    private HostAccess() {}

    /** Lets a writer fill a dense array of fewer than 2^28 values. */
    static void write(INDArray array, Consumer<FloatBuffer> writer) {
        if (array.length() > WINDOW) {
            throw new IllegalArgumentException(array.length() + " values at once; legal: up to " + WINDOW);
        }
        writer.accept(window(array, 0, (int) array.length()));
        written(array);
    }

    /** Fills a dense array. */
    static void write(INDArray array, float[] values) {
        for (int from = 0; from < values.length; from += WINDOW) {
            int count = Math.min(WINDOW, values.length - from);
            window(array, from, count).put(values, from, count);
        }
        written(array);
    }

    /** The values of a dense array. */
    static float[] read(INDArray array) {
        Nd4j.getAffinityManager().ensureLocation(array, Location.HOST);
        float[] values = new float[Math.toIntExact(array.length())];
        for (int from = 0; from < values.length; from += WINDOW) {
            int count = Math.min(WINDOW, values.length - from);
            window(array, from, count).get(values, from, count);
        }
        return values;
    }

    private static void written(INDArray array) {
        Nd4j.getAffinityManager().tagLocation(array, Location.HOST);
        Nd4j.getAffinityManager().ensureLocation(array, Location.DEVICE);
    }

    /** Some values, whose place in their memory may lie beyond what a Java buffer reaches. */
    private static FloatBuffer window(INDArray array, int from, int count) {
        DataBuffer data = array.data();
        FloatPointer start = new FloatPointer(data.pointer()).getPointer(data.offset() + from);
        return start.capacity(count).asByteBuffer().asFloatBuffer();
    }
}
