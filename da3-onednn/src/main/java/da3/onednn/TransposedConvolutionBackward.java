package da3.onednn;

import da3.geometry.check.Check;
import da3.nn.Activation;
import java.util.List;

/**
 * Gradients of {@link TransposedConvolution}. Both are products with the k x k x out values of the block of every
 * pixel.
 */
final class TransposedConvolutionBackward {

    private final ExecutionContext context;

    TransposedConvolutionBackward(ExecutionContext context) {
        this.context = context;
    }

    /** Returns the gradient for the input: (views, k h, k w, out) -> (views, h, w, in). */
    OneDnnTensor inputGradient(OneDnnTensor dy, OneDnnParameter weight) {
        int k = weight.shape()[2];
        int in = weight.shape()[0];
        OneDnnTensor dx =
                context.memory().tensor(context.precision(), dy.shape[0], dy.shape[1] / k, dy.shape[2] / k, in);
        try (var scope = context.memory().scope()) {
            OneDnnParameter.Factor factor = weight.transposedConvolutionBackwardMatrix(context);
            Work product =
                    new FusedLinear(context).prepare(blocks(dy, weight), factor, null, null, null, Activation.NONE, dx);
            context.threads().run(List.of(product));
        }
        return dx;
    }

    /** Returns the gradient for the weight, (in, out, k, k). */
    OneDnnTensor weightGradient(OneDnnTensor dy, OneDnnTensor map, OneDnnParameter weight) {
        int in = weight.shape()[0];
        int out = weight.shape()[1];
        int taps = weight.shape()[2] * weight.shape()[3];
        OneDnnTensor result = context.memory().tensor(weight.shape());
        try (var scope = context.memory().scope()) {
            OneDnnTensor x = context.cast(context.precision(), map);
            OneDnnTensor product = context.memory().tensor(in, taps, out);
            new MatMul(context).multiplyTransposed(x, blocks(dy, weight), product.at(0));
            Layout checkpoint = Layout.strided(new long[] {in, taps, out}, (long) out * taps, 1, taps);
            context.kernels().reorder(Layout.dense(in, taps, out), checkpoint).run(0, product.at(0), result.at(0));
        }
        return result;
    }

    /** Gathers the block of every pixel: (views, k h, k w, out) -> (views, h, w, k x k x out). */
    private OneDnnTensor blocks(OneDnnTensor dyMap, OneDnnParameter weight) {
        int k = weight.shape()[2];
        int out = weight.shape()[1];
        if (dyMap.channels() != out) {
            throw Check.invalid("output gradient of " + weight.name(), out + " channels", dyMap);
        }
        int h = dyMap.shape[1] / k;
        int w = dyMap.shape[2] / k;
        OneDnnTensor blocks = context.memory().tensor(context.precision(), dyMap.shape[0], h, w, k * k * out);
        try (var scope = context.memory().scope()) {
            OneDnnTensor dy = context.cast(context.precision(), dyMap);
            long blockRow = (long) k * out;
            Layout strided = Layout.strided(new long[] {w, k, blockRow}, blockRow, w * blockRow, 1);
            Kernel gather =
                    context.kernels().reorder(strided.withPrecision(dy.precision), blocks.dense(w, k, blockRow));
            context.threads().forEach(dy.shape[0] * h, (worker, row) -> {
                long offset = row * w * k * blockRow;
                gather.run(worker, dy.at(offset), blocks.at(offset));
            });
        }
        return blocks;
    }
}
