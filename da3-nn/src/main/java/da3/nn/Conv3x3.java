package da3.nn;

/** A 3x3 convolution with zero padding. */
final class Conv3x3 {

    private final Engine engine;
    private final Parameter weight; // (out, in, 3, 3)
    private final Parameter bias; // (out), or null
    private final int stride;

    private Conv3x3(ParameterPath path, int in, int out, boolean hasBias, int stride) {
        this.engine = path.engine();
        this.weight = path.convolution("weight", out, in);
        this.bias = hasBias ? path.plain("bias", out) : null;
        this.stride = stride;
    }

    Conv3x3(ParameterPath path, int in, int out) {
        this(path, in, out, true, 1);
    }

    static Conv3x3 withoutBias(ParameterPath path, int in, int out) {
        return new Conv3x3(path, in, out, false, 1);
    }

    static Conv3x3 ofStride2(ParameterPath path, int in, int out) {
        return new Conv3x3(path, in, out, true, 2);
    }

    Tensor forward(Tensor x) {
        return forward(x, Activation.NONE, null, Activation.NONE);
    }

    Tensor forward(Tensor x, Activation after) {
        return forward(x, Activation.NONE, null, after);
    }

    /** Returns after(conv(before(x)) + residual); {@code residual} may be null. */
    Tensor forward(Tensor x, Activation before, Tensor residual, Activation after) {
        return engine.convolution(x, before, weight, bias, stride, residual, after);
    }
}
