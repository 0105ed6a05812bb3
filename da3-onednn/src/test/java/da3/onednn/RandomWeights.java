package da3.onednn;

import da3.nn.WeightSource;
import java.nio.FloatBuffer;
import java.util.Random;

/** Normally distributed weights, seeded by their names. */
final class RandomWeights implements WeightSource {

    static float[] values(long seed, int size) {
        Random random = new Random(seed);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    @Override
    public boolean has(String name) {
        return true;
    }

    @Override
    public void require(String name, int... shape) {}

    @Override
    public void read(String name, int[] shape, FloatBuffer into) {
        into.put(values(name.hashCode(), OneDnnTensor.product(shape)));
    }

    @Override
    public String description() {
        return "random weights";
    }

    @Override
    public void close() {}
}
