package da3.nn;

/** A 3x3 convolution with zero padding. */
final class Conv3x3 {

    private final Engine engine;
    private final Parameter weight; // (out, in, 3, 3)
    private final Parameter bias; // (out), or null
    private final int stride;

    private Conv3x3(ParameterPath at, int in, int out, boolean biased, int stride) {
        this.engine = at.engine();
        this.weight = at.convolution("weight", out, in);
        this.bias = biased ? at.plain("bias", out) : null;
        this.stride = stride;
    }

    Conv3x3(ParameterPath at, int in, int out) {
        this(at, in, out, true, 1);
    }

    static Conv3x3 unbiased(ParameterPath at, int in, int out) {
        return new Conv3x3(at, in, out, false, 1);
    }

    static Conv3x3 halving(ParameterPath at, int in, int out) {
        return new Conv3x3(at, in, out, true, 2);
    }

    Tensor forward(Tensor x) {
        return forward(x, Activation.NONE, null, Activation.NONE);
    }

    Tensor forward(Tensor x, Activation after) {
        return forward(x, Activation.NONE, null, after);
    }

    /** after(conv(before(x)) + residual), {@code residual} null for none. */
    Tensor forward(Tensor x, Activation before, Tensor residual, Activation after) {
        return engine.convolution(x, before, weight, bias, stride, residual, after);
    }
}
