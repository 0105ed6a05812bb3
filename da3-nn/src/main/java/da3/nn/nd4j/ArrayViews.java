package da3.nn.nd4j;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A cache of arrays over parts of one buffer. Each array owns a native object that only the garbage collector frees,
 * and a network uses the same ones in every block and every call.
 */
final class ArrayViews {

    private static final int MAX_KEPT = 1024;

    private final DataBuffer buffer;
    private final Map<Key, INDArray> views = new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, INDArray> eldest) {
            return size() > MAX_KEPT;
        }
    };

    ArrayViews(DataBuffer buffer) {
        this.buffer = buffer;
    }

    /** Returns a dense row-major array. */
    INDArray dense(long offset, int... shape) {
        return strided(offset, shape, Nd.denseStrides(shape));
    }

    /** Returns an array whose neighbors along axis {@code i} are {@code strides[i]} floats apart. */
    INDArray strided(long offset, int[] shape, int[] strides) {
        return views.computeIfAbsent(
                new Key(offset, shape, strides), key -> Nd.view(buffer, key.offset, key.shape, key.strides));
    }

    private record Key(long offset, int[] shape, int[] strides) {

        @Override
        public boolean equals(Object o) {
            return o instanceof Key k
                    && k.offset == offset
                    && Arrays.equals(k.shape, shape)
                    && Arrays.equals(k.strides, strides);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * Long.hashCode(offset) + Arrays.hashCode(strides)) + Arrays.hashCode(shape);
        }
    }
}
