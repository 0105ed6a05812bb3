package da3.nn.nd4j;

import java.nio.FloatBuffer;
import java.util.function.Consumer;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Upload and download: the only place that looks behind an ND4J array, since on a GPU every look is a transfer. */
final class HostAccess {

    private HostAccess() {}

    /** Lets a writer fill a dense array. */
    static void write(INDArray array, Consumer<FloatBuffer> writer) {
        writer.accept(values(array));
        Nd4j.getAffinityManager().tagLocation(array, Location.HOST);
        Nd4j.getAffinityManager().ensureLocation(array, Location.DEVICE);
    }

    /** The values of a dense array. */
    static float[] read(INDArray array) {
        Nd4j.getAffinityManager().ensureLocation(array, Location.HOST);
        float[] values = new float[Math.toIntExact(array.length())];
        values(array).get(values);
        return values;
    }

    private static FloatBuffer values(INDArray array) {
        return array.data().asNioFloat().slice().limit(Math.toIntExact(array.length()));
    }
}
