package da3.nn;

import static da3.nn.NaiveOperations.doubles;

/** Multi-head self-attention by its definition, in double precision, one head of one batch entry at a time. */
record NaiveAttention(int batch, int heads, int headDim, double epsilon, RotaryPositions positions) {

    /** Layer norms of queries and keys, each (headDim). */
    record Norm(double[] qWeight, double[] qBias, double[] kWeight, double[] kBias) {

        /** Returns the values of the parameters; null for null. */
        static Norm of(QkNorm norm, EngineUnderTest under) {
            return norm == null
                    ? null
                    : new Norm(
                            doubles(under.values(norm.qWeight())),
                            doubles(under.values(norm.qBias())),
                            doubles(under.values(norm.kWeight())),
                            doubles(under.values(norm.kBias())));
        }
    }

    /** qkv (batch, tokens, 3 x heads x headDim) -> (batch, tokens, heads x headDim); {@code norm} may be null. */
    double[] apply(double[] qkv, Norm norm) {
        int tokens = qkv.length / (batch * 3 * heads * headDim);
        double[] out = new double[qkv.length / 3];
        for (int b = 0; b < batch; b++) {
            for (int h = 0; h < heads; h++) {
                double[][] part = new double[3][tokens * headDim]; // queries, keys, values of one head
                for (int i = 0; i < 3 * tokens * headDim; i++) {
                    int which = i / (tokens * headDim);
                    int token = i / headDim % tokens;
                    int from = (((b * tokens + token) * 3 + which) * heads + h) * headDim + i % headDim;
                    part[which][token * headDim + i % headDim] = qkv[from];
                }
                if (norm != null) {
                    part[0] = NaiveOperations.layerNorm(part[0], norm.qWeight, norm.qBias, epsilon);
                    part[1] = NaiveOperations.layerNorm(part[1], norm.kWeight, norm.kBias, epsilon);
                }
                if (positions != null) {
                    NaiveOperations.rotate(part[0], positions);
                    NaiveOperations.rotate(part[1], positions);
                }
                double[] attended = NaiveOperations.attend(part[0], part[1], part[2], headDim);
                for (int t = 0; t < tokens; t++) {
                    int to = ((b * tokens + t) * heads + h) * headDim;
                    System.arraycopy(attended, t * headDim, out, to, headDim);
                }
            }
        }
        return out;
    }
}
