package da3.core.lpips;

import da3.nn.Activation;
import da3.nn.Engine;
import da3.nn.Parameter;
import da3.nn.Scope;
import da3.nn.Tensor;
import da3.nn.autograd.DifferentiableEngine;

/** A convolution and a ReLU. Kernels other than 3x3 are products with unfolded inputs. */
final class Convolution {

    private final Engine engine;
    private final Backbone.Layer layer;
    private final int out;
    private final Parameter weight; // (out, in, size, size)
    private final Parameter bias; // (out)

    /**
     * Declares the weights.
     *
     * @param in number of input channels; that of output channels follows from the weights
     */
    Convolution(Engine engine, LpipsWeights weights, String name, Backbone.Layer layer, int in) {
        this.engine = engine;
        this.layer = layer;
        this.out = weights.length(name + ".weight");
        int[] shape = {out, in, layer.size(), layer.size()};
        weights.require(name + ".weight", shape);
        weights.require(name + ".bias", out);
        Parameter.Role role = layer.is3x3() ? Parameter.Role.CONVOLUTION : Parameter.Role.LINEAR;
        this.weight = engine.parameter(weights, name + ".weight", role, shape);
        this.bias = engine.parameter(weights, name + ".bias", Parameter.Role.PLAIN, out);
    }

    /** Returns the number of output channels. */
    int channels() {
        return out;
    }

    /** Applies the layer; called on the thread of the engine. */
    FeatureMap forward(FeatureMap x) {
        int rows = FeatureMap.outputs(x.height(), layer.size(), layer.stride(), layer.padding());
        int columns = FeatureMap.outputs(x.width(), layer.size(), layer.stride(), layer.padding());
        try (Scope scope = engine.scope()) {
            Tensor y; // (1, rows, columns, out), or (rows x columns, out)
            if (layer.is3x3()) {
                Tensor map = engine.upload(x.values(), 1, x.height(), x.width(), x.channels());
                y = engine.convolution(map, Activation.NONE, weight, bias, 1, null, Activation.RELU);
            } else {
                float[] unfolded = x.unfolded(layer.size(), layer.stride(), layer.padding());
                Tensor inputs = engine.upload(unfolded, rows * columns, unfolded.length / (rows * columns));
                y = engine.linear(inputs, weight, bias, Activation.RELU);
            }
            return new FeatureMap(rows, columns, out, engine.download(y));
        }
    }

    /**
     * Returns the gradient with respect to the input; called on the thread of the engine.
     *
     * @param differentiable the engine of this layer
     * @param dy gradient with respect to the output
     * @param x the input
     * @param y the output
     */
    FeatureMap backward(DifferentiableEngine differentiable, FeatureMap dy, FeatureMap x, FeatureMap y) {
        try (Scope scope = differentiable.scope()) {
            int[] shape =
                    layer.is3x3() ? new int[] {1, y.height(), y.width(), out} : new int[] {y.height() * y.width(), out};
            Tensor output = differentiable.upload(y.values(), shape);
            Tensor dz = differentiable.activationBackward(
                    differentiable.upload(dy.values(), shape), null, output, Activation.RELU);
            if (layer.is3x3()) {
                Tensor dx = differentiable.convolutionBackwardData(dz, weight, 1, x.height(), x.width());
                return new FeatureMap(x.height(), x.width(), x.channels(), differentiable.download(dx));
            }
            float[] unfolded = differentiable.download(differentiable.linearBackwardData(dz, weight));
            return x.folded(unfolded, layer.size(), layer.stride(), layer.padding());
        }
    }
}
