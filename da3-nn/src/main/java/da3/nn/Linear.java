package da3.nn;

/**
 * A linear map x W^T + b, optionally with a low-rank update of W, or a 1x1 convolution, whose weight has two more axes
 * of size 1.
 */
final class Linear {

    private final Engine engine;
    private final Parameter weight; // (out, in)
    private final Parameter bias; // (out)
    private final LoraUpdate update; // null if there is none

    private Linear(Engine engine, Parameter weight, Parameter bias, LoraUpdate update) {
        this.engine = engine;
        this.weight = weight;
        this.bias = bias;
        this.update = update;
    }

    Linear(ParameterPath path, int in, int out) {
        this(path.engine(), path.linear("weight", out, in), path.plain("bias", out), path.update(in, out));
    }

    static Linear pointwise(ParameterPath path, int in, int out) {
        return new Linear(path.engine(), path.linear("weight", out, in, 1, 1), path.plain("bias", out), null);
    }

    Tensor forward(Tensor x) {
        return forward(x, Activation.NONE);
    }

    Tensor forward(Tensor x, Activation activation) {
        return update == null ? engine.linear(x, weight, bias, activation) : update.linear(x, weight, bias, activation);
    }

    /** Returns residual + gamma * forward(x). */
    Tensor forward(Tensor x, Parameter gamma, Tensor residual) {
        return update == null
                ? engine.linearResidual(x, weight, bias, gamma, residual)
                : update.linearResidual(x, weight, bias, gamma, residual);
    }
}
