package da3.nn;

/** A pre-norm transformer block with LayerScale (Touvron et al., 2021); reference file model/dinov2/layers/block.py. */
final class Block {

    private final Engine engine;
    private final LayerNorm norm1;
    private final Attention attn;
    private final Parameter ls1; // gamma (dim)
    private final LayerNorm norm2;
    private final FeedForward mlp;
    private final Parameter ls2; // gamma (dim)

    private Block(ParameterPath path, int dim, double epsilon, Attention attn, FeedForward mlp) {
        this.engine = path.engine();
        this.norm1 = new LayerNorm(path.child("norm1"), dim, epsilon);
        this.attn = attn;
        this.ls1 = path.plain("ls1.gamma", dim);
        this.norm2 = new LayerNorm(path.child("norm2"), dim, epsilon);
        this.mlp = mlp;
        this.ls2 = path.plain("ls2.gamma", dim);
    }

    /** Returns block {@code i} of a backbone. */
    static Block ofBackbone(ParameterPath path, BackboneConfig config, int i) {
        int dim = config.embedDim();
        boolean qkNorm = config.qkNormStart() >= 0 && i >= config.qkNormStart();
        return new Block(
                path,
                dim,
                config.blockNormEpsilon(),
                new Attention(path.child("attn"), dim, config.numHeads(), qkNorm, config.qkNormEpsilon()),
                config.swiGlu()
                        ? new SwiGlu(path.child("mlp"), dim, config.ffnHidden())
                        : new Mlp(path.child("mlp"), dim, config.ffnHidden(), dim));
    }

    /** Returns a block of the trunk of the camera encoder. */
    static Block ofTrunk(ParameterPath path, CameraEncoderConfig config) {
        int dim = config.dimOut();
        return new Block(
                path,
                dim,
                config.normEpsilon(),
                new Attention(path.child("attn"), dim, config.numHeads(), false, 0),
                new Mlp(path.child("mlp"), dim, config.mlpRatio() * dim, dim));
    }

    /** Returns the queries and keys that {@link #forward} computes from x (batch, tokens, dim). */
    QueriesKeys queriesKeys(Tensor x) {
        try (Scope scope = engine.scope()) {
            return attn.queriesKeys(norm1.forward(x)).keptIn(scope);
        }
    }

    /** (batch, tokens, dim) -> (batch, tokens, dim). */
    Tensor forward(Tensor x, RotaryPositions positions) {
        try (Scope scope = engine.scope()) {
            Tensor y = attn.forward(norm1.forward(x), positions, ls1, x);
            return scope.keep(mlp.forward(norm2.forward(y), ls2, y));
        }
    }
}
