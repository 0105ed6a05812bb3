package da3.nn.autograd;

import da3.nn.Activation;
import da3.nn.Engine;
import da3.nn.Parameter;
import da3.nn.QkNorm;
import da3.nn.RotaryPositions;
import da3.nn.Scope;
import da3.nn.Tensor;
import da3.nn.WeightSource;
import java.util.Arrays;
import java.util.List;

/**
 * An engine that can also run the backward pass.
 *
 * <p>For every differentiable operation of {@link Engine}, this interface has its vector-Jacobian product: given
 * {@code dy}, the gradient of a scalar with respect to the result, it returns the gradient with respect to an input.
 * These operations are pure like the forward ones and follow the same rules for scopes and threads. Gradients of
 * parameters are always float32 and have the shape of the checkpoint.
 */
public interface DifferentiableEngine extends Engine {

    /**
     * Declares a parameter whose values change at every step, so that expensive preparation does not pay off.
     */
    default Parameter trainedParameter(WeightSource source, String name, Parameter.Role role, int... shape) {
        return parameter(source, name, role, shape);
    }

    /**
     * Replaces the values of a parameter; the engine prepares them again when they are used.
     *
     * @param values new values, row-major, in the shape of the checkpoint
     * @throws IllegalArgumentException if their number differs from that of the parameter
     */
    void assign(Parameter parameter, float[] values);

    /** Updates the values of a parameter in place, block by block. */
    @FunctionalInterface
    interface Update {

        /** Number of values of each block but the last: two arrays and two of an optimizer fit in a core's cache. */
        int BLOCK = 4096;

        /**
         * Updates a block of values. Blocks may be updated in any order and concurrently.
         *
         * @param from index of the first value, row-major in the shape of the checkpoint; a multiple of {@link #BLOCK}
         * @param values values to be changed in place
         * @param gradient gradient of these values
         * @param count number of values; the arrays may be longer
         */
        void apply(int from, float[] values, float[] gradient, int count);
    }

    /**
     * The update of one parameter by its gradient.
     *
     * @param gradient float32, of the shape of the parameter
     */
    record ParameterUpdate(Parameter parameter, Tensor gradient, Update update) {}

    /**
     * Updates the values of different parameters by their gradients; the engine prepares them again when they are used.
     * Neither values nor gradients need be copied to the host as a whole.
     */
    default void update(List<ParameterUpdate> updates) {
        for (ParameterUpdate each : updates) {
            try (Scope scope = scope()) {
                float[] values = download(value(each.parameter));
                float[] gradients = download(each.gradient);
                for (int from = 0; from < values.length; from += Update.BLOCK) {
                    int end = Math.min(values.length, from + Update.BLOCK);
                    float[] block = Arrays.copyOfRange(values, from, end);
                    each.update.apply(from, block, Arrays.copyOfRange(gradients, from, end), block.length);
                    System.arraycopy(block, 0, values, from, block.length);
                }
                assign(each.parameter, values);
            }
        }
    }

    /** Returns the sum of the squares of all values of float32 tensors, accurate to about 1e-8. */
    default double sumOfSquares(List<Tensor> tensors) {
        return tensors.stream().mapToDouble(x -> SumOfSquares.of(download(x))).sum();
    }

    // ---- arithmetic

    /** Multiplies two tensors of the same shape element by element. */
    Tensor multiply(Tensor a, Tensor b);

    /** Multiplies every channel by its factor: (.., c) and (c) -> (.., c). */
    Tensor multiplyChannels(Tensor x, Tensor factors);

    /** Sums over all axes but the last, in float32: (.., c) -> (c). */
    Tensor sumRows(Tensor x);

    /** Sums over the first axis: (views, ..) -> (..). This is the gradient of {@code addToEveryView} for its table. */
    Tensor sumViews(Tensor x);

    // ---- adjoints of data movement

    /** Returns channels {@code from} to {@code to}, exclusive: (.., c) -> (.., to - from). */
    Tensor channels(Tensor x, int from, int to);

    /**
     * Computes the adjoint of {@code tokens}: (views, n, c) -> (views, count, c), zero outside {@code from} to from +
     * n.
     */
    Tensor tokensBackward(Tensor dy, int from, int count);

    /**
     * Computes the adjoint of {@code reorderViews}: adds view i of dy to view {@code order[i]} of the result, which is
     * zero elsewhere.
     *
     * @param views number of views of the result
     */
    Tensor reorderViewsBackward(Tensor dy, int[] order, int views);

    /**
     * Computes the adjoint of {@code patches}: (views, rows x columns, channels x patch x patch) -> (views, channels,
     * H, W).
     */
    Tensor patchesBackward(Tensor dy, int patch, int channels, int height, int width);

    /** Computes the adjoint of {@code channelsLast}: (views, H, W, channels) -> (views, channels, H, W). */
    Tensor channelsLastBackward(Tensor dy);

    // ---- layers

    /** The gradients of a layer to compute: those of its input, weight and bias. */
    record Wanted(boolean x, boolean weight, boolean bias) {}

    /**
     * The gradients of a layer, null where not requested.
     *
     * @param x of the shape of the input
     * @param weight of the shape of the weight
     * @param bias (channels of the result)
     */
    record LayerGradients(Tensor x, Tensor weight, Tensor bias) {}

    // ---- linear maps

    /** Returns dy W, the gradient of {@code linear} without activation for x: (.., out) -> (.., in). */
    Tensor linearBackwardData(Tensor dy, Parameter weight);

    /** Returns dy^T x, summed over all rows: the gradient of {@code linear} without activation for its weight. */
    Tensor linearBackwardWeight(Tensor dy, Tensor x, Parameter weight);

    /**
     * Computes the gradients of {@code linear} without activation at once, which may take less time than one after the
     * other.
     *
     * @param x input; only read for the gradient of the weight, may be null otherwise
     */
    default LayerGradients linearBackward(Tensor dy, Tensor x, Parameter weight, Wanted wanted) {
        return new LayerGradients(
                wanted.x ? linearBackwardData(dy, weight) : null,
                wanted.weight ? linearBackwardWeight(dy, x, weight) : null,
                wanted.bias ? sumRows(dy) : null);
    }

    // ---- layer scale

    /**
     * Computes residual + gamma * x (LayerScale, arXiv 2103.17239). x and residual are (.., c), like the result.
     *
     * @param gamma (c)
     */
    default Tensor layerScale(Tensor x, Parameter gamma, Tensor residual) {
        try (Scope scope = scope()) {
            return scope.keep(add(residual, multiplyChannels(x, value(gamma))));
        }
    }

    /**
     * The gradients of layer scale.
     *
     * @param x of the shape of the input
     * @param gamma (c)
     */
    record LayerScaleGradients(Tensor x, Tensor gamma) {}

    /** Computes the gradients of {@code layerScale} for x and gamma. The gradient for the residual is dy itself. */
    default LayerScaleGradients layerScaleBackward(Tensor dy, Tensor x, Parameter gamma) {
        try (Scope scope = scope()) {
            return new LayerScaleGradients(
                    scope.keep(multiplyChannels(dy, value(gamma))), scope.keep(sumRows(multiply(dy, x))));
        }
    }

    // ---- activations

    /**
     * Returns dy times the derivative of the activation.
     *
     * @param x input of the activation; only read for {@code GELU}, may be null otherwise
     * @param y result of the activation; only read for {@code RELU} (whose derivative at 0 is 0) and {@code EXP}, may
     *     be null for {@code GELU}
     */
    Tensor activationBackward(Tensor dy, Tensor x, Tensor y, Activation activation);

    /** Computes the gradient of {@code swiGlu}: (.., c) and x (.., 2 c) -> (.., 2 c). */
    Tensor swiGluBackward(Tensor dy, Tensor x);

    // ---- norms and attention

    /**
     * Computes the gradients of {@code layerNorm}.
     *
     * @param x input; mean and variance are recomputed
     * @param parameters whether to compute the gradients of weight and bias
     */
    LayerGradients layerNormBackward(Tensor dy, Tensor x, Parameter weight, double epsilon, boolean parameters);

    /**
     * The gradients of attention.
     *
     * @param qkv of the shape of queries, keys and values
     * @param qWeight (headDim), like all that follow; null without query and key norms, or if not requested
     */
    record AttentionGradients(Tensor qkv, Tensor qWeight, Tensor qBias, Tensor kWeight, Tensor kBias) {}

    /**
     * Computes the gradients of {@code attention}. Scores are recomputed, so that temporary memory is linear in the
     * number of tokens, plus blocks of scores of bounded size.
     *
     * @param dy (batch, tokens, heads x headDim)
     * @param y result of {@code attention}
     * @param qkv input of {@code attention}
     * @param parameters whether to compute the gradients of the query and key norms
     */
    AttentionGradients attentionBackward(
            Tensor dy, Tensor y, Tensor qkv, int heads, QkNorm qkNorm, RotaryPositions positions, boolean parameters);

    // ---- feature maps

    /**
     * Computes the gradient of {@code convolution} without activations for x: (views, h, w, out) -> (views, rows,
     * columns, in).
     */
    Tensor convolutionBackwardData(Tensor dy, Parameter weight, int stride, int rows, int columns);

    /** Computes the gradient of {@code convolution} without activations for its weight (out, in, 3, 3). */
    Tensor convolutionBackwardWeight(Tensor dy, Tensor x, Parameter weight, int stride);

    /**
     * Computes the gradients of {@code convolution} without activations at once, which may take less time than one
     * after the other.
     *
     * @param x input; only read for the gradient of the weight, may be null otherwise
     * @param rows rows of the input
     * @param columns columns of the input
     */
    default LayerGradients convolutionBackward(
            Tensor dy, Tensor x, Parameter weight, int stride, int rows, int columns, Wanted wanted) {
        return new LayerGradients(
                wanted.x ? convolutionBackwardData(dy, weight, stride, rows, columns) : null,
                wanted.weight ? convolutionBackwardWeight(dy, x, weight, stride) : null,
                wanted.bias ? sumRows(dy) : null);
    }

    /** Computes the gradient of {@code transposedConvolution} for x: (views, k h, k w, out) -> (views, h, w, in). */
    Tensor transposedConvolutionBackwardData(Tensor dy, Parameter weight);

    /** Computes the gradient of {@code transposedConvolution} for its weight (in, out, k, k). */
    Tensor transposedConvolutionBackwardWeight(Tensor dy, Tensor x, Parameter weight);

    /** Computes the adjoint of {@code resize}: (views, h, w, c) -> (views, rows, columns, c), the original size. */
    Tensor resizeBackward(Tensor dy, int rows, int columns);
}
