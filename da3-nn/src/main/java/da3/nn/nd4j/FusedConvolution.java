package da3.nn.nd4j;

import da3.nn.Activation;
import da3.nn.Parameter;

/** 3x3 convolutions with activations, bias and residual, view by view. */
final class FusedConvolution {

    private final TensorMemory memory;
    private final Activations activations;

    FusedConvolution(TensorMemory memory, Activations activations) {
        this.memory = memory;
        this.activations = activations;
    }

    /**
     * Returns after(conv(before(x)) + bias + residual).
     *
     * @param map (views, h, w, in)
     * @param bias may be null, like the residual
     */
    Nd4jTensor apply(
            Nd4jTensor map,
            Activation before,
            Nd4jParameter kernel,
            Parameter bias,
            int stride,
            Nd4jTensor residual,
            Activation after) {
        int views = map.shape[0];
        int h = map.shape[1];
        int w = map.shape[2];
        Nd4jTensor y = memory.tensor(views, (h + stride - 1) / stride, (w + stride - 1) / stride, kernel.shape()[0]);
        long xView = map.size() / views;
        long yView = y.size() / views;
        try (var scope = memory.scope()) {
            Nd4jTensor x = before == Activation.NONE ? map : activations.apply(map, before);
            for (int v = 0; v < views; v++) {
                if (stride == 1) {
                    Convolution3x3.apply(x, v * xView, h, w, x.channels(), kernel::part, y, v * yView, memory);
                } else {
                    Convolution3x3.strided(x, v * xView, h, w, stride, kernel, y, v * yView, memory);
                }
            }
        }
        LinearMaps.addBias(y, bias);
        if (residual != null) {
            y.array.addi(residual.array);
        }
        activations.inPlace(y, after);
        return y;
    }
}
