package da3.nn;

/** The last two convolutions of an output: 3x3 to 32 channels, ReLU, 1x1 to the output's channels. */
final class OutputConvolutions {

    private final Conv3x3 conv0;
    private final Linear conv2;

    OutputConvolutions(ParameterPath path, int in, int out) {
        this.conv0 = new Conv3x3(path.child(0), in, DptConfig.OUTPUT_FEATURES);
        this.conv2 = Linear.pointwise(path.child(2), DptConfig.OUTPUT_FEATURES, out);
    }

    Tensor forward(Tensor x, Activation activation) {
        return conv2.forward(conv0.forward(x, Activation.RELU), activation);
    }
}
