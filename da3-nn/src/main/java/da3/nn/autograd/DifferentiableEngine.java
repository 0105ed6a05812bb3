package da3.nn.autograd;

import da3.nn.Activation;
import da3.nn.Engine;
import da3.nn.Parameter;
import da3.nn.QkNorm;
import da3.nn.RotaryPositions;
import da3.nn.Scope;
import da3.nn.Tensor;
import da3.nn.WeightSource;

/**
 * An engine that can also run the backward pass.
 *
 * <p>For every operation of {@link Engine} that has a gradient, this interface has its vector-Jacobian product: given
 * {@code dy}, the gradient of a scalar with respect to the operation's result, it returns the gradient with respect to an
 * input. These operations are pure like the forward ones and follow the same rules for scopes and threads. Gradients of
 * parameters are always float32 and have the checkpoint's shape, whatever the precision of the activations.
 */
public interface DifferentiableEngine extends Engine {

    /**
     * Declares a weight whose values {@link #assign} is expected to replace at every step, so that an engine need not
     * prepare them at length.
     */
    default Parameter trainedParameter(WeightSource source, String name, Parameter.Role role, int... shape) {
        return parameter(source, name, role, shape);
    }

    /**
     * Replaces a parameter's values; whatever the engine prepared from the old ones is prepared anew.
     *
     * @param values row-major, of the checkpoint's shape
     * @throws IllegalArgumentException if their number differs from the parameter's
     */
    void assign(Parameter parameter, float[] values);

    /** Changes a parameter's values where they are, piece by piece. */
    @FunctionalInterface
    interface Update {
        /**
         * Changes some values. Pieces may come in any order, several at a time.
         *
         * @param from position of the piece's first value, row-major in the checkpoint's shape
         * @param values of the piece, to be changed in place
         * @param gradient of the piece
         * @param count of the piece's values; the arrays may be longer
         */
        void apply(int from, float[] values, float[] gradient, int count);
    }

    /**
     * Changes a parameter's values by its gradient; whatever the engine prepared from the old ones is prepared anew.
     * Neither the values nor the gradient need leave the engine's memory as a whole.
     *
     * @param gradient float32, of the parameter's shape
     */
    default void update(Parameter parameter, Tensor gradient, Update update) {
        try (Scope scope = scope()) {
            float[] values = download(value(parameter));
            update.apply(0, values, download(gradient), values.length);
            assign(parameter, values);
        }
    }

    /** Returns the sum of the squares of all values of a float32 tensor, in double precision. */
    default double sumOfSquares(Tensor x) {
        float[] values = download(x);
        return SumOfSquares.of(values, values.length);
    }

    // ---- arithmetic

    /** Element by element; both tensors have the same shape. */
    Tensor multiply(Tensor a, Tensor b);

    /** Multiplies every channel by its factor: (.., c) and (c) -> (.., c). */
    Tensor multiplyChannels(Tensor x, Tensor factors);

    /** Sums over all axes but the last, in float32: (.., c) -> (c). */
    Tensor sumRows(Tensor x);

    /** Sums over the first axis: (views, ..) -> (..). The gradient of {@code addToEveryView} for its table. */
    Tensor sumViews(Tensor x);

    // ---- adjoints of moves

    /** Channels {@code from} to {@code to} of the last axis: (.., c) -> (.., to - from). */
    Tensor channels(Tensor x, int from, int to);

    /** The adjoint of {@code tokens}: (views, n, c) -> (views, count, c), zero outside {@code from} to from + n. */
    Tensor tokensBackward(Tensor dy, int from, int count);

    /**
     * The adjoint of {@code reorderViews}: view {@code order[i]} of the result is the sum of all views i of dy that came
     * from it; views that none came from are zero.
     *
     * @param views first axis of the result
     */
    Tensor reorderViewsBackward(Tensor dy, int[] order, int views);

    /** The adjoint of {@code patches}: (views, rows x columns, channels x patch x patch) -> (views, channels, H, W). */
    Tensor patchesBackward(Tensor dy, int patch, int channels, int height, int width);

    /** The adjoint of {@code channelsLast}: (views, H, W, channels) -> (views, channels, H, W). */
    Tensor channelsLastBackward(Tensor dy);

    // ---- linear maps

    /** dy W: (.., out) -> (.., in), the gradient of {@code linear} without activation for x. */
    Tensor linearBackwardData(Tensor dy, Parameter weight);

    /** dy^T x, summed over all rows, the gradient of {@code linear} for its weight, of the weight's shape. */
    Tensor linearBackwardWeight(Tensor dy, Tensor x, Parameter weight);

    // ---- functions of one value

    /**
     * dy times the activation's derivative.
     *
     * @param x what went into the activation; only read for {@code GELU}, may be null otherwise
     * @param y what came out of it; only read for {@code RELU} (whose derivative at 0 is 0) and {@code EXP}, may be null
     *     for {@code GELU}
     */
    Tensor activationBackward(Tensor dy, Tensor x, Tensor y, Activation activation);

    /** The gradient of {@code swiGlu}: (.., c) and x (.., 2 c) -> (.., 2 c). */
    Tensor swiGluBackward(Tensor dy, Tensor x);

    // ---- norms and attention

    /**
     * The gradients of a layer norm.
     *
     * @param x of the input's shape
     * @param weight (channels), or null if not asked for
     * @param bias (channels), or null if not asked for
     */
    record LayerNormGradients(Tensor x, Tensor weight, Tensor bias) {}

    /**
     * The gradients of {@code layerNorm}.
     *
     * @param x what went into it; mean and variance are computed anew
     * @param parameters whether the gradients of weight and bias are asked for
     */
    LayerNormGradients layerNormBackward(Tensor dy, Tensor x, Parameter weight, double epsilon, boolean parameters);

    /**
     * The gradients of attention.
     *
     * @param qkv of the shape of queries, keys and values
     * @param qWeight (headDim), as all that follow; null without query and key norms, or if not asked for
     */
    record AttentionGradients(Tensor qkv, Tensor qWeight, Tensor qBias, Tensor kWeight, Tensor kBias) {}

    /**
     * The gradients of {@code attention}. Scores are computed anew, so that memory beyond the result is linear in the
     * tokens, but for blocks of scores of bounded size.
     *
     * @param dy (batch, tokens, heads x headDim)
     * @param y what {@code attention} returned
     * @param qkv what went into it
     * @param parameters whether the gradients of the query and key norms are asked for
     */
    AttentionGradients attentionBackward(
            Tensor dy, Tensor y, Tensor qkv, int heads, QkNorm qkNorm, RotaryPositions positions, boolean parameters);

    // ---- feature maps

    /** The gradient of {@code convolution} for x, before its activations: (views, h, w, out) -> (views, rows, columns, in). */
    Tensor convolutionBackwardData(Tensor dy, Parameter weight, int stride, int rows, int columns);

    /** The gradient of {@code convolution} for its weight (out, in, 3, 3). */
    Tensor convolutionBackwardWeight(Tensor dy, Tensor x, Parameter weight, int stride);

    /** The gradient of {@code transposedConvolution} for x: (views, k h, k w, out) -> (views, h, w, in). */
    Tensor transposedConvolutionBackwardData(Tensor dy, Parameter weight);

    /** The gradient of {@code transposedConvolution} for its weight (in, out, k, k). */
    Tensor transposedConvolutionBackwardWeight(Tensor dy, Tensor x, Parameter weight);

    /** The adjoint of {@code resize}: (views, h, w, c) -> (views, rows, columns, c), the size that was resized from. */
    Tensor resizeBackward(Tensor dy, int rows, int columns);
}
