package da3.nn.nd4j;

import java.nio.FloatBuffer;
import java.util.function.Consumer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Upload and download: the only place that looks behind an ND4J array, since on a GPU every look is a transfer. */
final class HostAccess {

    private HostAccess() {}

    static void write(DataBuffer buffer, int length, Consumer<FloatBuffer> writer) {
        INDArray array = Nd.view(buffer, 0, length);
        writer.accept(buffer.asNioFloat().limit(length));
        Nd4j.getAffinityManager().tagLocation(array, Location.HOST);
        Nd4j.getAffinityManager().ensureLocation(array, Location.DEVICE);
    }

    static float[] read(DataBuffer buffer, int length) {
        Nd4j.getAffinityManager().ensureLocation(Nd.view(buffer, 0, length), Location.HOST);
        float[] values = new float[length];
        buffer.asNioFloat().get(values);
        return values;
    }
}
