package da3.nn;

/** Multi-head self-attention (Vaswani et al., 2017); reference file model/dinov2/layers/attention.py. */
final class Attention {

    private final Engine engine;
    private final int numHeads;
    private final Linear qkv; // dim -> 3 x heads x headDim
    private final QkNorm norm; // q_norm and k_norm, or null
    private final Linear proj;

    Attention(ParameterPath path, int dim, int numHeads, boolean qkNorm, double qkNormEpsilon) {
        this.engine = path.engine();
        this.numHeads = numHeads;
        this.qkv = new Linear(path.child("qkv"), dim, 3 * dim);
        this.norm = qkNorm ? QkNorm.load(path, dim / numHeads, qkNormEpsilon) : null;
        this.proj = new Linear(path.child("proj"), dim, dim);
    }

    /**
     * Returns residual + gamma * attention(x).
     *
     * @param x (batch, tokens, dim): tokens of one batch entry attend to each other
     * @param positions rotary positions of the tokens, or null
     */
    Tensor forward(Tensor x, RotaryPositions positions, Parameter gamma, Tensor residual) {
        Tensor attended = engine.attention(qkv.forward(x), numHeads, norm, positions);
        return proj.forward(attended, gamma, residual);
    }
}
