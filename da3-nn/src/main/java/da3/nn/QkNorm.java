package da3.nn;

/** The layer norms of queries and keys, applied per head. */
public record QkNorm(Parameter qWeight, Parameter qBias, Parameter kWeight, Parameter kBias, double epsilon) {

    static QkNorm load(ParameterPath attn, int headDim, double epsilon) {
        return new QkNorm(
                attn.plain("q_norm.weight", headDim),
                attn.plain("q_norm.bias", headDim),
                attn.plain("k_norm.weight", headDim),
                attn.plain("k_norm.bias", headDim),
                epsilon);
    }
}
