package da3.nn;

/** Layer norm over the channels (Ba et al., 2016). */
final class LayerNorm {

    private final Engine engine;
    private final Parameter weight; // (channels)
    private final Parameter bias; // (channels)
    private final double epsilon;

    LayerNorm(ParameterPath at, int channels, double epsilon) {
        this.engine = at.engine();
        this.weight = at.plain("weight", channels);
        this.bias = at.plain("bias", channels);
        this.epsilon = epsilon;
    }

    Tensor forward(Tensor x) {
        return engine.layerNorm(x, weight, bias, epsilon);
    }
}
