package da3.onednn;

import da3.nn.Precision;

/** The keys and values of all heads of an attention, in the layouts that are fastest as right factors of products. */
final class PackedKeysValues {

    /** Layout of the transposed keys of a head, (headDim, n). */
    final Layout keys;
    /** Layout of the values of a head, (n, headDim). */
    final Layout values;

    private final OneDnnTensor packed;
    private final long keyFloats;
    private final long headFloats;

    /**
     * Packs all heads, in parallel, into the memory of the innermost scope.
     *
     * @param qkv (batch, n, 3 x heads x headDim), in the precision of the context
     * @param qkNormRope transforms the keys; null to pack them as they are
     * @param tiling tiles of tokens in which keys are transformed
     */
    PackedKeysValues(ExecutionContext context, OneDnnTensor qkv, int heads, QkNormRope qkNormRope, Tiling tiling) {
        int n = qkv.shape[1];
        int hd = qkv.shape[2] / 3 / heads;
        int all = qkv.shape[0] * heads;
        Kernels kernels = context.kernels();
        Precision precision = context.precision();
        this.keys = kernels.packedMatrix(hd, n, precision);
        this.values = kernels.packedMatrix(n, hd, precision);
        this.keyFloats = AlignedBuffer.wholeLines(keys.floats());
        this.headFloats = keyFloats + AlignedBuffer.wholeLines(values.floats());
        this.packed = context.memory().tensor(all, Math.toIntExact(headFloats / 16), 16);
        HeadLayout k = HeadLayout.packed(qkv, 1, heads);
        HeadLayout v = HeadLayout.packed(qkv, 2, heads);
        Kernel packKeys =
                kernels.reorder(qkNormRope == null ? k.columns(n, hd) : QkNormRope.columns(n, hd, precision), keys);
        Kernel packValues = kernels.reorder(v.rows(n, hd), values);
        try (var scope = context.memory().scope()) {
            OneDnnTensor scratch =
                    qkNormRope == null ? null : context.scratch(QkNormRope.headFloats(tiling, hd, precision));
            context.threads().forEach(2 * all, (worker, task) -> {
                int head = task % all;
                if (task >= all) {
                    packValues.run(worker, v.at(head / heads, head % heads, 0), valuesAt(head));
                    return;
                }
                long from = k.at(head / heads, head % heads, 0);
                if (qkNormRope != null) {
                    from = ExecutionContext.workerScratch(scratch, worker);
                    qkNormRope.keys(worker, head / heads, head % heads, from);
                }
                packKeys.run(worker, from, keysAt(head));
            });
        }
    }

    /** Returns the address of the packed keys of a head, 0 to batch x heads - 1. */
    long keysAt(int head) {
        return packed.at(head * headFloats);
    }

    /** Returns the address of the packed values of a head. */
    long valuesAt(int head) {
        return keysAt(head) + 4 * keyFloats;
    }
}
