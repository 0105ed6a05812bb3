package da3.nn.nd4j;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Arrays over parts of one buffer, the last used kept: making one costs a native object that only the garbage collector
 * frees, and a network asks for the same ones in every block and every call.
 */
final class Views {

    private static final int KEPT = 4096;

    private final DataBuffer buffer;
    private final Map<Key, INDArray> views = new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, INDArray> eldest) {
            return size() > KEPT;
        }
    };

    Views(DataBuffer buffer) {
        this.buffer = buffer;
    }

    /** A dense row-major array. */
    INDArray dense(long offset, int... shape) {
        return views.computeIfAbsent(new Key(offset, 0, shape), key -> Nd.view(buffer, offset, shape));
    }

    /** Some columns of a dense matrix that begins at {@code offset}. */
    INDArray columns(long offset, int rows, int columns, int from, int count) {
        return views.computeIfAbsent(
                new Key(offset + from, columns, rows, count),
                key -> Nd.columns(buffer, offset, rows, columns, from, count));
    }

    /** {@code rowStride} is 0 for dense arrays. */
    private record Key(long offset, int rowStride, int... shape) {

        @Override
        public boolean equals(Object o) {
            return o instanceof Key k
                    && k.offset == offset
                    && k.rowStride == rowStride
                    && Arrays.equals(k.shape, shape);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * Long.hashCode(offset) + rowStride) + Arrays.hashCode(shape);
        }
    }
}
