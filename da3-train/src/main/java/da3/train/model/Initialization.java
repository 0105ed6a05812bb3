package da3.train.model;

import da3.train.data.RandomStreams;
import da3.train.yaml.Section;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The initial weights of a network. Matrices and convolutions are uniform between plus and minus 1 / sqrt(fan-in);
 * norms are 1, biases 0.
 *
 * @param positionAmplitude amplitude of the sines and cosines of the initial position embedding
 * @param layerScale initial value of every layer scale
 * @param fieldOfViewBias bias of the fields of view of the camera decoder, in radians; its outputs pass through a ReLU,
 *     which has no gradient below 0
 * @param tokenDeviation standard deviation of class and camera tokens
 */
public record Initialization(
        double positionAmplitude, double layerScale, double fieldOfViewBias, double tokenDeviation) {

    private static final double LONGEST_PERIOD = 100; // of the waves of positions, in patches, over 2 pi

    static Initialization read(Section s) {
        return new Initialization(
                s.number("position_amplitude", 0.5, 0, 100),
                s.number("layer_scale", 1, 0, 100),
                s.number("fov_bias", 1, 0, Math.PI),
                s.number("token_deviation", 0.02, 0, 100));
    }

    /**
     * Returns the initial values of a tensor.
     *
     * @param name the full checkpoint name
     * @param index index of the tensor in the network, which selects its random numbers
     * @param seed seed of the run
     */
    float[] values(String name, int[] shape, long index, long seed) {
        int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        float[] values = new float[size];
        if (name.matches(".*cam_dec\\.fc_(t|qvec|fov\\.0)\\.weight")) {
            return values; // otherwise the loss first suppresses their random outputs, and the ReLUs before them die
        }
        if (name.endsWith("cam_dec.fc_qvec.bias")) {
            values[3] = 1; // quaternion x, y, z, w: no rotation
        } else if (name.endsWith("cam_dec.fc_fov.0.bias")) {
            Arrays.fill(values, (float) fieldOfViewBias);
        } else if (name.endsWith(".gamma")) {
            Arrays.fill(values, (float) layerScale);
        } else if (name.endsWith("pos_embed")) {
            positions(values, shape[2]);
        } else if (name.endsWith("_token")) {
            SplittableRandom random = RandomStreams.of(RandomStreams.Purpose.WEIGHTS, seed, 0, index);
            for (int i = 0; i < size; i++) {
                values[i] = (float) (tokenDeviation * RandomStreams.normal(random));
            }
        } else if (shape.length == 1) {
            Arrays.fill(values, name.endsWith(".weight") ? 1 : 0);
        } else {
            double bound = 1 / Math.sqrt(fanIn(name, shape));
            SplittableRandom random = RandomStreams.of(RandomStreams.Purpose.WEIGHTS, seed, 0, index);
            for (int i = 0; i < size; i++) {
                values[i] = (float) (bound * (2 * random.nextDouble() - 1));
            }
        }
        return values;
    }

    /** Returns the number of inputs that one output sums (fan-in). */
    private static int fanIn(String name, int[] shape) {
        // transposed convolutions (in, out, k, k) with stride k: every output sees each input channel once
        if (name.endsWith("resize_layers.0.weight") || name.endsWith("resize_layers.1.weight")) {
            return shape[0];
        }
        return Arrays.stream(shape).skip(1).reduce(1, Math::multiplyExact);
    }

    /** (1, 1 + grid x grid, dim): zeros for the class token, then half the channels by column and half by row. */
    private void positions(float[] values, int dim) {
        int grid = (int) Math.round(Math.sqrt(values.length / dim - 1));
        int waves = dim / 4;
        for (int row = 0; row < grid; row++) {
            for (int column = 0; column < grid; column++) {
                int at = (1 + row * grid + column) * dim;
                for (int i = 0; i < waves; i++) {
                    double frequency = Math.pow(LONGEST_PERIOD, -(double) i / waves);
                    values[at + i] = (float) (positionAmplitude * Math.sin(frequency * column));
                    values[at + waves + i] = (float) (positionAmplitude * Math.cos(frequency * column));
                    values[at + 2 * waves + i] = (float) (positionAmplitude * Math.sin(frequency * row));
                    values[at + 3 * waves + i] = (float) (positionAmplitude * Math.cos(frequency * row));
                }
            }
        }
    }
}
