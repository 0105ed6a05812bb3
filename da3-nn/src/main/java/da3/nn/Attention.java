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

    /** @param x (batch, tokens, dim) */
    QueriesKeys queriesKeys(Tensor x) {
        int rows = x.size(0) * x.size(1);
        try (Scope scope = engine.scope()) {
            Tensor perHead = engine.reshape(qkv.forward(x), rows, 3 * numHeads, x.size(2) / numHeads);
            Tensor queries = engine.tokens(perHead, 0, numHeads);
            Tensor keys = engine.tokens(perHead, numHeads, 2 * numHeads);
            if (norm != null) {
                queries = engine.layerNorm(queries, norm.qWeight(), norm.qBias(), norm.epsilon());
                keys = engine.layerNorm(keys, norm.kWeight(), norm.kBias(), norm.epsilon());
            }
            return new QueriesKeys(scope.keep(queries), scope.keep(keys));
        }
    }
}
