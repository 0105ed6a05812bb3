package da3.nn;

import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;

/**
 * The narrow waist between networks and a machine.
 *
 * <p>Operations are pure: a new tensor out, no argument written. They belong to the innermost open {@link Scope} and may
 * be called only on the engine's own thread, inside {@link #run}. An engine is complete: no operation falls back to
 * another engine. Feature-map operations treat every view by itself, so that how views are grouped never changes a byte.
 */
public interface Engine extends AutoCloseable {

    /** Short name as in {@code --engine}, for instance {@code nd4j}. */
    String name();

    /** One sentence: what computes, on what, with how many threads. */
    String description();

    int threads();

    /** Arithmetic of the activations, for instance {@code float32}. */
    String precision();

    /**
     * Runs work on the engine's thread and waits for it; calls from several threads queue in order.
     *
     * @throws IllegalStateException if the engine is closed
     */
    <T> T run(Callable<T> work);

    /**
     * As {@link #run(Callable)}; an interrupt of the waiting thread is passed on, so that the work can end early. An
     * engine that does not notice interrupts runs the work to its end.
     *
     * @param interrupted called on the waiting thread when it is interrupted; it waits on until the work has ended, and
     *     keeps its interrupt
     */
    default <T> T run(Callable<T> work, Runnable interrupted) {
        return run(work);
    }

    Scope scope();

    /** Returns whether parameters may change between calls; results derived from them must then not be cached. */
    default boolean parametersChange() {
        return false;
    }

    /**
     * Applies a part of a network whose intermediate results need not be kept: an engine that records for a backward
     * pass may compute them anew instead (gradient checkpointing; Chen et al., 2016).
     */
    default Tensor checkpoint(UnaryOperator<Tensor> part, Tensor x) {
        return part.apply(x);
    }

    /** Declares a weight; nothing is read before it is first used. */
    Parameter parameter(WeightSource source, String name, Parameter.Role role, int... shape);

    Tensor upload(float[] values, int... shape);

    /** All values, row-major. */
    float[] download(Tensor x);

    /** The same values under another shape. */
    Tensor reshape(Tensor x, int... shape);

    /** The parameter's values as a tensor of the checkpoint's shape. */
    Tensor value(Parameter parameter);

    /**
     * A product of two matrices, in float32: (m, k) times (k, n) -> (m, n).
     *
     * @param transposeA whether {@code a} is stored as (k, m)
     * @param transposeB whether {@code b} is stored as (n, k)
     */
    Tensor matmul(Tensor a, boolean transposeA, Tensor b, boolean transposeB);

    /** activation(x W^T + b): (.., in) -> (.., out). {@code bias} may be null. */
    Tensor linear(Tensor x, Parameter weight, Parameter bias, Activation activation);

    /** residual + gamma * (x W^T + b): (.., in) -> (.., out). {@code gamma} may be null, meaning 1. */
    Tensor linearResidual(Tensor x, Parameter weight, Parameter bias, Parameter gamma, Tensor residual);

    /** Over the last axis. */
    Tensor layerNorm(Tensor x, Parameter weight, Parameter bias, double epsilon);

    /**
     * Multi-head self-attention over packed queries, keys and values.
     *
     * <p>Memory beyond the result is linear in the tokens, but for one block of scores of bounded size.
     *
     * @param qkv (batch, tokens, 3 x heads x headDim)
     * @param qkNorm applied per head to queries and keys; null for none
     * @param positions applied to queries and keys after the norms; null for none
     * @return (batch, tokens, heads x headDim)
     */
    Tensor attention(Tensor qkv, int heads, QkNorm qkNorm, RotaryPositions positions);

    /** silu(first half) * second half of the last axis. */
    Tensor swiGlu(Tensor x);

    Tensor activate(Tensor x, Activation activation);

    Tensor add(Tensor a, Tensor b);

    /** x + table for every view: (views, ..) + (..). */
    Tensor addToEveryView(Tensor x, Tensor table);

    /** Joins along the last axis. */
    Tensor concatChannels(Tensor a, Tensor b);

    /** Joins along axis 1: (views, a, channels) and (views, b, channels). */
    Tensor concatTokens(Tensor a, Tensor b);

    /** (views, tokens, channels) -> (views, to - from, channels). */
    Tensor tokens(Tensor x, int from, int to);

    /** (views, ..) -> (to - from, ..). */
    Tensor views(Tensor x, int from, int to);

    /** View {@code i} of the result is view {@code order[i]} of x. */
    Tensor reorderViews(Tensor x, int[] order);

    /** (views, 3, H, W) -> (views, rows x columns, 3 x patch x patch). */
    Tensor patches(Tensor image, int patch);

    /** (views, channels, H, W) -> (views, H, W, channels). */
    Tensor channelsLast(Tensor image);

    /**
     * 3x3 convolution, zero padding 1: (views, h, w, in) -> (views, ceil(h / stride), ceil(w / stride), out).
     *
     * @param before {@code NONE} or {@code RELU}, applied to x first
     * @param bias may be null
     * @param residual added to the result; null for none
     * @param after applied last
     */
    Tensor convolution(
            Tensor x,
            Activation before,
            Parameter weight,
            Parameter bias,
            int stride,
            Tensor residual,
            Activation after);

    /** Kernel k, stride k: (views, h, w, in) -> (views, k h, k w, out). */
    Tensor transposedConvolution(Tensor x, Parameter weight, Parameter bias);

    /** Bilinear, corners aligned: (views, h, w, c) -> (views, rows, columns, c). */
    Tensor resize(Tensor x, int rows, int columns);

    /**
     * Adds a separable position embedding.
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
