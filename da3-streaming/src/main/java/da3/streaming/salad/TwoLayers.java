package da3.streaming.salad;

import da3.nn.Activation;
import da3.nn.Engine;
import da3.nn.Parameter;
import da3.nn.Tensor;
import da3.weights.SafetensorsWeights;

/**
 * Two linear maps of the channels of a token with a ReLU between them. The numbers of hidden and output channels follow from
 * the weights.
 */
final class TwoLayers {

    private final Engine engine;
    private final int channels;
    private final Parameter[] weights; // (hidden, in) and (out, hidden)
    private final Parameter[] biases; // (hidden) and (out)

    private TwoLayers(Engine engine, int channels, Parameter[] weights, Parameter[] biases) {
        this.engine = engine;
        this.channels = channels;
        this.weights = weights;
        this.biases = biases;
    }

    /**
     * Declares the weights.
     *
     * @param in number of input channels
     * @param convolutions whether the layers are stored as 1x1 convolutions, whose weights have two more axes of length 1
     * @param first name of the first layer
     * @param second name of the second layer
     */
    static TwoLayers of(
            Engine engine, SafetensorsWeights source, int in, boolean convolutions, String first, String second) {
        String[] names = {first, second};
        Parameter[] weights = new Parameter[2];
        Parameter[] biases = new Parameter[2];
        int inputs = in;
        for (int i = 0; i < 2; i++) {
            int outputs = source.length(names[i] + ".weight", 0);
            int[] shape = convolutions ? new int[] {outputs, inputs, 1, 1} : new int[] {outputs, inputs};
            source.require(names[i] + ".weight", shape);
            source.require(names[i] + ".bias", outputs);
            weights[i] = engine.parameter(source, names[i] + ".weight", Parameter.Role.LINEAR, shape);
            biases[i] = engine.parameter(source, names[i] + ".bias", Parameter.Role.PLAIN, outputs);
            inputs = outputs;
        }
        return new TwoLayers(engine, inputs, weights, biases);
    }

    /** Returns the number of output channels. */
    int channels() {
        return channels;
    }

    /** Applies the layers on the thread of the engine: (.., in) -> (.., out). */
    Tensor forward(Tensor x) {
        Tensor hidden = engine.linear(x, weights[0], biases[0], Activation.RELU);
        return engine.linear(hidden, weights[1], biases[1], Activation.NONE);
    }
}
