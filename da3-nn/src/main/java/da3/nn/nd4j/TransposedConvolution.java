package da3.nn.nd4j;

import da3.nn.Parameter;

/** Transposed convolutions with kernel k and stride k, and their gradients. Every pixel becomes a k x k block. */
final class TransposedConvolution {

    private final TensorMemory memory;

    TransposedConvolution(TensorMemory memory) {
        this.memory = memory;
    }

    /** (views, h, w, in) -> (views, k h, k w, out); {@code bias} may be null. */
    Nd4jTensor apply(Nd4jTensor x, Nd4jParameter kernel, Parameter bias) {
        int in = kernel.shape()[0];
        int out = kernel.shape()[1];
        int k = kernel.shape()[2];
        int h = x.shape[1];
        int w = x.shape[2];
        Nd4jTensor y = memory.tensor(x.shape[0], h * k, w * k, out);
        try (var scope = memory.scope()) {
            Nd4jTensor blocks = memory.tensor(h, w, k, k, out); // of one view
            for (int v = 0; v < x.shape[0]; v++) {
                Nd.matmul(
                        x.part((long) v * h * w * in, h * w, in),
                        kernel.as(in, k * k * out),
                        false,
                        blocks.as(h * w, k * k * out));
                y.part((long) v * h * k * w * k * out, h, k, w, k, out).assign(blocks.array.permute(0, 2, 1, 3, 4));
            }
        }
        LinearMaps.addBias(y, bias);
        return y;
    }

    /** Returns the gradient for x: (views, k h, k w, out) -> (views, h, w, in). */
    Nd4jTensor inputGradient(Nd4jTensor dy, Nd4jParameter kernel) {
        int in = kernel.shape()[0];
        int out = kernel.shape()[1];
        int k = kernel.shape()[2];
        int h = dy.shape[1] / k;
        int w = dy.shape[2] / k;
        Nd4jTensor dx = memory.tensor(dy.shape[0], h, w, in);
        try (var scope = memory.scope()) {
            Nd4jTensor blocks = memory.tensor(h, w, k, k, out);
            for (int v = 0; v < dy.shape[0]; v++) {
                gatherBlocks(dy, v, blocks);
                Nd.matmul(
                        blocks.as(h * w, k * k * out),
                        kernel.as(in, k * k * out),
                        true,
                        dx.part((long) v * h * w * in, h * w, in));
            }
        }
        return dx;
    }

    /** Returns the gradient for the weight: dy (views, k h, k w, out) and x (views, h, w, in) -> (in, out, k, k). */
    Nd4jTensor weightGradient(Nd4jTensor dy, Nd4jTensor x, Nd4jParameter kernel) {
        int in = kernel.shape()[0];
        int out = kernel.shape()[1];
        int k = kernel.shape()[2];
        int h = x.shape[1];
        int w = x.shape[2];
        Nd4jTensor gradient = memory.tensor(kernel.shape());
        try (var scope = memory.scope()) {
            Nd4jTensor blocks = memory.tensor(h, w, k, k, out);
            Nd4jTensor sum = memory.tensor(in, k, k, out);
            sum.array.assign(0);
            for (int v = 0; v < x.shape[0]; v++) {
                gatherBlocks(dy, v, blocks);
                Nd.addMatmul(
                        x.part((long) v * h * w * in, h * w, in),
                        true,
                        blocks.as(h * w, k * k * out),
                        sum.as(in, k * k * out));
            }
            gradient.array.assign(sum.array.permute(0, 3, 1, 2));
        }
        return gradient;
    }

    /** Gathers the blocks of one view of dy, (h, w, k, k, out). */
    private static void gatherBlocks(Nd4jTensor dy, int view, Nd4jTensor blocks) {
        int h = blocks.shape[0];
        int w = blocks.shape[1];
        int k = blocks.shape[2];
        int out = blocks.channels();
        blocks.array.assign(
                dy.part((long) view * blocks.size(), h, k, w, k, out).permute(0, 2, 1, 3, 4));
    }
}
