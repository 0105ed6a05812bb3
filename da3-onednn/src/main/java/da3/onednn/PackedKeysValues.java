package da3.onednn;

import da3.nn.Precision;
import org.bytedeco.javacpp.Pointer;

/** The keys and values of all heads of an attention, in the layouts that are fastest as right factors of products. */
final class PackedKeysValues {

    /** Layout of the transposed keys of a head, (headDim, n). */
    final Layout keys;
    /** Layout of the values of a head, (n or more, headDim), with zeros after the n values. */
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
     * @param valueRows number of rows of values, at least n
     */
    PackedKeysValues(
            ExecutionContext context,
            OneDnnTensor qkv,
            int heads,
            QkNormRope qkNormRope,
            Tiling tiling,
            int valueRows) {
        int n = qkv.shape[1];
        int hd = qkv.shape[2] / 3 / heads;
        int all = qkv.shape[0] * heads;
        Kernels kernels = context.kernels();
        Precision precision = context.precision();
        this.keys = kernels.packedMatrix(hd, n, precision);
        this.values = kernels.packedMatrix(valueRows, hd, precision);
        this.keyFloats = keys.lineFloats();
        this.headFloats = keyFloats + values.lineFloats();
        this.packed = context.memory().tensor(all, Math.toIntExact(headFloats / 16), 16);
        HeadLayout k = HeadLayout.packed(qkv, 1, heads);
        HeadLayout v = HeadLayout.packed(qkv, 2, heads);
        Kernel packKeys =
                kernels.reorder(qkNormRope == null ? k.columns(n, hd) : QkNormRope.columns(n, hd, precision), keys);
        boolean pads = valueRows > n;
        Layout gathered = Layout.dense(n, hd).withPrecision(precision); // the first n of the padded rows
        Layout padded = Layout.dense(valueRows, hd).withPrecision(precision);
        Kernel gatherValues = pads ? kernels.reorder(v.rows(n, hd), gathered) : null;
        Kernel packValues = kernels.reorder(pads ? padded : v.rows(n, hd), values);
        try (var scope = context.memory().scope()) {
            OneDnnTensor scratch =
                    qkNormRope == null ? null : context.scratch(QkNormRope.headFloats(tiling, hd, precision));
            OneDnnTensor rows = pads ? padded(context, precision, n, valueRows, hd) : null;
            context.threads().forEach(2 * all, (worker, task) -> {
                int head = task % all;
                if (task >= all) {
                    long from = v.at(head / heads, head % heads, 0);
                    if (pads) {
                        long to = rows.at((long) worker * valueRows * hd);
                        gatherValues.run(worker, from, to);
                        from = to;
                    }
                    packValues.run(worker, from, valuesAt(head));
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

    /** Returns memory for the rows of a head for every worker, (workers, rows, columns), with zeros from a row on. */
    private static OneDnnTensor padded(ExecutionContext context, Precision precision, int from, int rows, int columns) {
        int workers = context.threads().workers();
        OneDnnTensor padded = context.memory().tensor(precision, workers, rows, columns);
        long bytes = padded.bytes((long) (rows - from) * columns);
        for (long worker = 0; worker < workers; worker++) {
            long address = padded.at((worker * rows + from) * columns);
            Pointer.memset(new NativeAddress(address), 0, bytes);
        }
        return padded;
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
