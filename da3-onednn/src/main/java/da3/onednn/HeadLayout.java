package da3.onednn;

/** Queries, keys or values of all heads: where in a tensor the first is, and how many values are from one to the next. */
record HeadLayout(OneDnnTensor of, long first, long token, long head, long view) {

    /** Those numbered {@code i} of qkv (batch, n, 3 x heads x headDim). */
    static HeadLayout packed(OneDnnTensor qkv, int i, int heads) {
        long dim = qkv.shape[2] / 3;
        return new HeadLayout(qkv, i * dim, 3 * dim, dim / heads, 3 * dim * qkv.shape[1]);
    }

    /** The rows of a tensor (batch, n, heads x headDim). */
    static HeadLayout ofHeads(OneDnnTensor x, int heads) {
        long dim = x.shape[2];
        return new HeadLayout(x, 0, dim, dim / heads, dim * x.shape[1]);
    }

    /** Those numbered {@code i} of a tensor (kinds, batch, heads, n, headDim). */
    static HeadLayout separate(OneDnnTensor heads, int i) {
        long hd = heads.shape[4];
        long head = heads.shape[3] * hd;
        long view = heads.shape[2] * head;
        return new HeadLayout(heads, i * heads.shape[1] * view, hd, head, view);
    }

    long at(long view, long head, long token) {
        return of.at(first + view * this.view + head * this.head + token * this.token);
    }

    /** How some tokens' rows of one head lie. */
    Layout rows(int tokens, int headDim) {
        return Layout.matrix(tokens, headDim, token).in(of.precision);
    }

    /** How {@link #rows} lie seen as columns. */
    Layout columns(int tokens, int headDim) {
        return Layout.strided(new long[] {headDim, tokens}, 1, token).in(of.precision);
    }
}
