package da3.nn;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Executes the tensor operations of networks.
 *
 * <p>Operations are pure: they return a new tensor and do not modify arguments, except for {@link #addUv}. Results belong to the innermost open
 * {@link Scope}. Operations may be called only on the thread of the engine, inside {@link #run}. Operations on feature
 * maps process every view separately, so that the grouping of views does not affect results.
 */
public interface Engine extends AutoCloseable {

    /** Returns the short name, for instance {@code nd4j}. */
    String name();

    /** Returns a short description: library, hardware, precision and number of threads. */
    String description();

    int threads();

    /** Returns the precision of products, for instance {@code float32}. */
    String precision();

    /**
     * Runs work on the thread of the engine and waits for it. Calls from several threads run in order.
     *
     * @throws IllegalStateException if the engine is closed
     */
    <T> T run(Callable<T> work);

    /**
     * Like {@link #run(Callable)}, with a callback for interrupts of the waiting thread, so that the work can end early.
     * By default an engine ignores interrupts.
     *
     * @param interrupted called on the waiting thread when it is interrupted; the thread still waits until the work has
     *     ended, and stays interrupted
     */
    default <T> T run(Callable<T> work, Runnable interrupted) {
        return run(work);
    }

    /** Opens a scope inside the current one. */
    Scope scope();

    /** Returns whether parameters may change between calls; results derived from them must then not be cached. */
    default boolean parametersChange() {
        return false;
    }

    /**
     * Applies a part of a network whose intermediate results need not be kept. An engine that records a backward pass
     * may recompute them instead (gradient checkpointing; Chen et al., 2016).
     */
    default Tensor checkpoint(UnaryOperator<Tensor> part, Tensor x) {
        return part.apply(x);
    }

    /** Declares a parameter; its values are read on first use. */
    Parameter parameter(WeightSource source, String name, Parameter.Role role, int... shape);

    /**
     * Copies values, row-major, to a new tensor.
     *
     * @throws IllegalArgumentException if the number of values differs from that of the shape
     */
    Tensor upload(float[] values, int... shape);

    /** As {@link #upload(float[], int...)}, for values that an engine without values need not compute. */
    default Tensor upload(Supplier<float[]> values, int... shape) {
        return upload(values.get(), shape);
    }

    /** Returns all values, row-major. */
    float[] download(Tensor x);

    /** Returns a tensor that shares the values of another under a different shape. */
    Tensor reshape(Tensor x, int... shape);

    /** Returns the values of a parameter as a tensor of its shape in the checkpoint. */
    Tensor value(Parameter parameter);

    /**
     * Returns the product of two matrices, in float32: (m, k) times (k, n) -> (m, n).
     *
     * @param transposeA whether {@code a} is stored as (k, m)
     * @param transposeB whether {@code b} is stored as (n, k)
     */
    Tensor matmul(Tensor a, boolean transposeA, Tensor b, boolean transposeB);

    /** Returns activation(x W^T + b): (.., in) -> (.., out). {@code bias} may be null. */
    Tensor linear(Tensor x, Parameter weight, Parameter bias, Activation activation);

    /** Returns residual + gamma * (x W^T + b): (.., in) -> (.., out). {@code gamma} may be null, meaning 1. */
    Tensor linearResidual(Tensor x, Parameter weight, Parameter bias, Parameter gamma, Tensor residual);

    /** Applies a layer norm over the last axis. */
    Tensor layerNorm(Tensor x, Parameter weight, Parameter bias, double epsilon);

    /**
     * Computes multi-head self-attention over packed queries, keys and values.
     *
     * <p>Temporary memory is linear in the number of tokens, plus a block of scores of bounded size.
     *
     * @param qkv (batch, tokens, 3 x heads x headDim)
     * @param qkNorm norms applied per head to queries and keys; may be null
     * @param positions rotary positions applied to queries and keys after the norms; may be null
     * @return (batch, tokens, heads x headDim)
     */
    Tensor attention(Tensor qkv, int heads, QkNorm qkNorm, RotaryPositions positions);

    /** Returns silu(first half) * second half of the last axis: (.., 2 c) -> (.., c). */
    Tensor swiGlu(Tensor x);

    /** Applies an activation to every value. */
    Tensor activate(Tensor x, Activation activation);

    /** Adds two tensors of the same shape. */
    Tensor add(Tensor a, Tensor b);

    /** Adds a table to every view: (views, ..) + (..). */
    Tensor addToEveryView(Tensor x, Tensor table);

    /** Concatenates along the last axis. */
    Tensor concatChannels(Tensor a, Tensor b);

    /** Concatenates along axis 1: (views, a, channels) and (views, b, channels). */
    Tensor concatTokens(Tensor a, Tensor b);

    /**
     * Returns tokens {@code from} to {@code to}, exclusive: (views, tokens, channels) -> (views, to - from, channels).
     */
    Tensor tokens(Tensor x, int from, int to);

    /** Returns views {@code from} to {@code to}, exclusive: (views, ..) -> (to - from, ..). */
    Tensor views(Tensor x, int from, int to);

    /** Reorders views: view {@code i} of the result is view {@code order[i]} of x. */
    Tensor reorderViews(Tensor x, int[] order);

    /** Splits images into patches: (views, 3, H, W) -> (views, rows x columns, 3 x patch x patch). */
    Tensor patches(Tensor image, int patch);

    /** Moves channels to the last axis: (views, channels, H, W) -> (views, H, W, channels). */
    Tensor channelsLast(Tensor image);

    /**
     * Computes a 3x3 convolution with zero padding 1: (views, h, w, in) -> (views, ceil(h / stride), ceil(w / stride),
     * out).
     *
     * @param before activation applied to x first: {@code NONE} or {@code RELU}
     * @param bias may be null
     * @param residual added to the result; may be null
     * @param after activation applied last
     */
    Tensor convolution(
            Tensor x,
            Activation before,
            Parameter weight,
            Parameter bias,
            int stride,
            Tensor residual,
            Activation after);

    /** Computes a transposed convolution with kernel k and stride k: (views, h, w, in) -> (views, k h, k w, out). */
    Tensor transposedConvolution(Tensor x, Parameter weight, Parameter bias);

    /** Resizes maps bilinearly with aligned corners: (views, h, w, c) -> (views, rows, columns, c). */
    Tensor resize(Tensor x, int rows, int columns);

    /**
     * Adds a separable position embedding. The result may share the memory of {@code x}, which must not be used again:
     * at the size of the image, a copy would be the largest tensor of the network.
     *
     * @param x (views, h, w, c)
     * @param u (w, c / 2), added to the first half of the channels
     * @param v (h, c / 2), added to the second half
     */
    Tensor addUv(Tensor x, Tensor u, Tensor v);

    /** Waits for the running call, then releases everything; a second call does nothing. */
    @Override
    void close();
}
