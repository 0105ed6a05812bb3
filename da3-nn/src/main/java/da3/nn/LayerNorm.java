package da3.nn;

/** Layer norm over the channels (Ba et al., 2016). */
final class LayerNorm {

    private final Engine engine;
    private final Parameter weight; // (channels)
    private final Parameter bias; // (channels)
    private final double epsilon;

    LayerNorm(ParameterPath path, int channels, double epsilon) {
        this.engine = path.engine();
        this.weight = path.plain("weight", channels);
        this.bias = path.plain("bias", channels);
        this.epsilon = epsilon;
    }

    Tensor forward(Tensor x) {
        return engine.layerNorm(x, weight, bias, epsilon);
    }
}
