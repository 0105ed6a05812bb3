package da3.onednn;

/**
 * Transposed convolutions with kernel k and stride k, where every pixel becomes a k x k block. Row {@code dy} of the
 * blocks of one map row is a dense row of the result, so that k products per map row write the result in place.
 */
final class TransposedConvolution {

    private final ExecutionContext context;

    TransposedConvolution(ExecutionContext context) {
        this.context = context;
    }

    /** (views, h, w, in) -> (views, k h, k w, out); {@code bias} may be null. */
    OneDnnTensor apply(OneDnnTensor map, OneDnnParameter weight, OneDnnParameter bias) {
        int h = map.shape[1];
        int w = map.shape[2];
        int in = weight.shape()[0];
        int out = weight.shape()[1];
        int k = weight.shape()[2];
        OneDnnParameter.Factor[] rows = new OneDnnParameter.Factor[k];
        for (int dy = 0; dy < k; dy++) {
            rows[dy] = weight.transposedConvolutionRow(context, dy);
        }
        long b = bias == null ? 0 : bias.address();
        OneDnnTensor y = context.memory().tensor(context.precision(), map.shape[0], k * h, k * w, out);
        try (var scope = context.memory().scope()) {
            OneDnnTensor x = context.cast(context.precision(), map);
            Kernel product = context.kernels()
                    .matmul(
                            x.dense(w, in),
                            rows[0].layout(),
                            b == 0 ? null : Layout.dense(1, (long) k * out),
                            y.dense(w, (long) k * out));
            OneDnnTensor biases = context.memory().tensor(k, out);
            for (int dx = 0; b != 0 && dx < k; dx++) {
                NativeAddress.copy(b, biases.at((long) dx * out), biases.bytes(out));
            }
            context.threads().forEach(x.shape[0] * h, (worker, row) -> {
                for (int dy = 0; dy < k; dy++) {
                    product.run(
                            worker,
                            x.at((long) row * w * in),
                            rows[dy].address(),
                            b == 0 ? 0 : biases.at(0),
                            y.at(((long) row * k + dy) * k * w * out));
                }
            });
        }
        return y;
    }
}
