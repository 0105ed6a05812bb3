package da3.train.lora;

import da3.nn.LoraUpdate;
import da3.train.data.RandomStreams;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The initial matrices of adapters: A is uniform between plus and minus 1 / sqrt(in), and B is 0, so that the adapted
 * network is initially the base.
 */
public final class LoraInitialization {

    private LoraInitialization() {}

    /**
     * Returns the initial matrices of all linear maps that the options adapt.
     *
     * @param shapes shapes of the tensors of the base, by name
     * @throws IllegalArgumentException if the options adapt none of them
     */
    public static Map<String, LoraAdapter.Tensor> tensors(LoraOptions options, Map<String, int[]> shapes, long seed) {
        Map<String, LoraAdapter.Tensor> tensors = new LinkedHashMap<>();
        int rank = options.rank();
        shapes.forEach((name, shape) -> {
            if (options.adapts(name, shape)) {
                String module = LoraOptions.module(name);
                float[] a = new float[rank * shape[1]];
                double bound = 1 / Math.sqrt(shape[1]);
                SplittableRandom random = RandomStreams.of(RandomStreams.Purpose.WEIGHTS, seed, 0, tensors.size());
                for (int i = 0; i < a.length; i++) {
                    a[i] = (float) (bound * (2 * random.nextDouble() - 1));
                }
                tensors.put(LoraUpdate.nameOfA(module), new LoraAdapter.Tensor(new int[] {rank, shape[1]}, a));
                tensors.put(
                        LoraUpdate.nameOfB(module),
                        new LoraAdapter.Tensor(new int[] {shape[0], rank}, new float[shape[0] * rank]));
            }
        });
        if (tensors.isEmpty()) {
            throw new IllegalArgumentException(
                    "targets must be among the linear maps of the network, got " + options.targets());
        }
        return tensors;
    }
}
