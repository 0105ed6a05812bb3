package da3.nn.nd4j;

/** A convolution that makes a k x k tile of every pixel, and its gradients: one matrix product a view. */
final class TransposedConvolution {

    private final TensorMemory memory;

    TransposedConvolution(TensorMemory memory) {
        this.memory = memory;
    }

    /** (views, h, w, in) -> (views, k h, k w, out). */
    Nd4jTensor apply(Nd4jTensor x, Nd4jParameter kernel) {
        int in = kernel.shape()[0];
        int out = kernel.shape()[1];
        int k = kernel.shape()[2];
        int h = x.shape[1];
        int w = x.shape[2];
        Nd4jTensor y = memory.tensor(x.shape[0], h * k, w * k, out);
        try (var scope = memory.scope()) {
            Nd4jTensor tiles = memory.tensor(h, w, k, k, out); // of one view
            for (int v = 0; v < x.shape[0]; v++) {
                Nd.matmul(
                        x.part((long) v * h * w * in, h * w, in),
                        kernel.as(in, k * k * out),
                        false,
                        tiles.as(h * w, k * k * out));
                y.part((long) v * h * k * w * k * out, h, k, w, k, out).assign(tiles.array.permute(0, 2, 1, 3, 4));
            }
        }
        return y;
    }

    /** (views, k h, k w, out) -> (views, h, w, in). */
    Nd4jTensor backwardData(Nd4jTensor dy, Nd4jParameter kernel) {
        int in = kernel.shape()[0];
        int out = kernel.shape()[1];
        int k = kernel.shape()[2];
        int h = dy.shape[1] / k;
        int w = dy.shape[2] / k;
        Nd4jTensor dx = memory.tensor(dy.shape[0], h, w, in);
        try (var scope = memory.scope()) {
            Nd4jTensor tiles = memory.tensor(h, w, k, k, out);
            for (int v = 0; v < dy.shape[0]; v++) {
                cutTiles(dy, v, tiles);
                Nd.matmul(
                        tiles.as(h * w, k * k * out),
                        kernel.as(in, k * k * out),
                        true,
                        dx.part((long) v * h * w * in, h * w, in));
            }
        }
        return dx;
    }

    /** dy (views, k h, k w, out) and x (views, h, w, in) -> (in, out, k, k). */
    Nd4jTensor backwardWeight(Nd4jTensor dy, Nd4jTensor x, Nd4jParameter kernel) {
        int in = kernel.shape()[0];
        int out = kernel.shape()[1];
        int k = kernel.shape()[2];
        int h = x.shape[1];
        int w = x.shape[2];
        Nd4jTensor gradient = memory.tensor(kernel.shape());
        try (var scope = memory.scope()) {
            Nd4jTensor tiles = memory.tensor(h, w, k, k, out);
            Nd4jTensor sum = memory.tensor(in, k, k, out);
            sum.array.assign(0);
            for (int v = 0; v < x.shape[0]; v++) {
                cutTiles(dy, v, tiles);
                Nd.addMatmul(
                        x.part((long) v * h * w * in, h * w, in),
                        true,
                        tiles.as(h * w, k * k * out),
                        sum.as(in, k * k * out));
            }
            gradient.array.assign(sum.array.permute(0, 3, 1, 2));
        }
        return gradient;
    }

    /** One view of dy as tiles (h, w, k, k, out). */
    private static void cutTiles(Nd4jTensor dy, int view, Nd4jTensor tiles) {
        int h = tiles.shape[0];
        int w = tiles.shape[1];
        int k = tiles.shape[2];
        int out = tiles.channels();
        tiles.array.assign(dy.part((long) view * tiles.size(), h, k, w, k, out).permute(0, 2, 1, 3, 4));
    }
}
