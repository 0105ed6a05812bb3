package da3.onednn;

import da3.nn.Activation;

/** Gradients of kernel k, stride k: every pixel's tile as a row of k x k x out values, of which both are products. */
final class TransposedConvolutionBackward {

    private final ExecutionContext context;

    TransposedConvolutionBackward(ExecutionContext context) {
        this.context = context;
    }

    /** (views, k h, k w, out) -> (views, h, w, in). */
    OneDnnTensor data(OneDnnTensor dy, OneDnnParameter weight) {
        int k = weight.shape()[2];
        int in = weight.shape()[0];
        OneDnnTensor dx =
                context.memory().tensor(context.precision(), dy.shape[0], dy.shape[1] / k, dy.shape[2] / k, in);
        try (var scope = context.memory().scope()) {
            new FusedLinear(context)
                    .multiply(tiles(dy, weight), weight.tiles(context), null, null, null, Activation.NONE, dx);
        }
        return dx;
    }

    /** The gradient for the weight, (in, out, k, k). */
    OneDnnTensor weight(OneDnnTensor dy, OneDnnTensor map, OneDnnParameter weight) {
        int in = weight.shape()[0];
        int out = weight.shape()[1];
        int taps = weight.shape()[2] * weight.shape()[3];
        OneDnnTensor result = context.memory().tensor(weight.shape());
        try (var scope = context.memory().scope()) {
            OneDnnTensor x = context.in(context.precision(), map);
            OneDnnTensor product = context.memory().tensor(in, taps, out);
            new MatMul(context).multiplyRows(x, tiles(dy, weight), product.at(0));
            Layout checkpoint = Layout.strided(new long[] {in, taps, out}, (long) out * taps, 1, taps);
            context.kernels().reorder(Layout.dense(in, taps, out), checkpoint).run(0, product.at(0), result.at(0));
        }
        return result;
    }

    /** (views, k h, k w, out) -> (views, h, w, k x k x out). */
    private OneDnnTensor tiles(OneDnnTensor dyMap, OneDnnParameter weight) {
        int k = weight.shape()[2];
        int out = weight.shape()[1];
        if (dyMap.channels() != out) {
            throw new IllegalArgumentException(
                    "the gradient of " + weight.name() + "'s result must have " + out + " channels, got " + dyMap);
        }
        int h = dyMap.shape[1] / k;
        int w = dyMap.shape[2] / k;
        OneDnnTensor tiles = context.memory().tensor(context.precision(), dyMap.shape[0], h, w, k * k * out);
        try (var scope = context.memory().scope()) {
            OneDnnTensor dy = context.in(context.precision(), dyMap);
            long line = (long) k * out;
            Layout strided = Layout.strided(new long[] {w, k, line}, line, w * line, 1);
            Kernel gather = context.kernels().reorder(strided.in(dy.precision), tiles.dense(w, k, line));
            context.threads().forEach(dy.shape[0] * h, (worker, row) -> {
                long at = row * w * k * line;
                gather.run(worker, dy.at(at), tiles.at(at));
            });
        }
        return tiles;
    }
}
