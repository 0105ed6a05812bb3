package da3.onednn;

/** The queries, keys or values of all heads in a tensor: the offset of the first, and the strides between them. */
record HeadLayout(OneDnnTensor tensor, long first, long token, long head, long view) {

    /** Returns the queries (0), keys (1) or values (2) of qkv (batch, n, 3 x heads x headDim). */
    static HeadLayout packed(OneDnnTensor qkv, int i, int heads) {
        long dim = qkv.shape[2] / 3;
        return new HeadLayout(qkv, i * dim, 3 * dim, dim / heads, 3 * dim * qkv.shape[1]);
    }

    /** Returns the heads of a tensor (batch, n, heads x headDim). */
    static HeadLayout ofHeads(OneDnnTensor x, int heads) {
        long dim = x.shape[2];
        return new HeadLayout(x, 0, dim, dim / heads, dim * x.shape[1]);
    }

    /** Returns entry {@code i} of the first axis of a tensor (kinds, batch, heads, n, headDim). */
    static HeadLayout separate(OneDnnTensor heads, int i) {
        long hd = heads.shape[4];
        long head = heads.shape[3] * hd;
        long view = heads.shape[2] * head;
        return new HeadLayout(heads, i * heads.shape[1] * view, hd, head, view);
    }

    long at(long view, long head, long token) {
        return tensor.at(first + view * this.view + head * this.head + token * this.token);
    }

    /** Returns the layout of the rows of one head: (tokens, headDim). */
    Layout rows(int tokens, int headDim) {
        return Layout.matrix(tokens, headDim, token).withPrecision(tensor.precision);
    }

    /** Returns the layout of the transposed {@link #rows}: (headDim, tokens). */
    Layout columns(int tokens, int headDim) {
        return Layout.strided(new long[] {headDim, tokens}, 1, token).withPrecision(tensor.precision);
    }
}
