package da3.nn.nd4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A cache of small constant arrays. */
final class ConstantArrays {

    private final Map<String, INDArray> constants = new HashMap<>();
    private final List<FloatMemory> memories = new ArrayList<>();

    /** Returns (n, 1) filled with 1/n; a product with it is the mean over the last axis. */
    INDArray average(int n) {
        return constant(
                "average " + n,
                () -> {
                    float[] values = new float[n];
                    Arrays.fill(values, 1f / n);
                    return values;
                },
                n,
                1);
    }

    /** Returns the centering matrix (n, n); a product with it subtracts the mean of the last axis. */
    INDArray centering(int n) {
        return constant(
                "centering " + n,
                () -> {
                    float[] values = new float[n * n];
                    for (int i = 0; i < n * n; i++) {
                        values[i] = (i / n == i % n ? 1f : 0f) - 1f / n;
                    }
                    return values;
                },
                n,
                n);
    }

    /** Returns a permutation matrix (n, n) that swaps the quarters of each half of the channels. */
    INDArray swapPairs(int n) {
        return constant(
                "swap pairs " + n,
                () -> {
                    float[] values = new float[n * n];
                    int half = n / 2;
                    int quarter = n / 4;
                    for (int c = 0; c < n; c++) {
                        int from = c % half < quarter ? c + quarter : c - quarter;
                        values[from * n + c] = 1;
                    }
                    return values;
                },
                n,
                n);
    }

    private INDArray constant(String key, Supplier<float[]> values, int... shape) {
        return constants.computeIfAbsent(key, k -> {
            float[] table = values.get();
            FloatMemory memory = new FloatMemory(table.length);
            memories.add(memory);
            HostAccess.write(Nd.view(memory.buffer, 0, table.length), table);
            return Nd.view(memory.buffer, 0, shape);
        });
    }

    void clear() {
        constants.clear();
        memories.forEach(FloatMemory::release);
        memories.clear();
    }
}
