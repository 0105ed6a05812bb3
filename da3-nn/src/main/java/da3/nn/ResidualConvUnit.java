package da3.nn;

/** A residual unit x + conv2(relu(conv1(relu(x)))), from RefineNet (Lin et al., 2017). */
final class ResidualConvUnit {

    private final Conv3x3 conv1;
    private final Conv3x3 conv2;

    ResidualConvUnit(ParameterPath path, int features) {
        this.conv1 = new Conv3x3(path.child("conv1"), features, features);
        this.conv2 = new Conv3x3(path.child("conv2"), features, features);
    }

    Tensor forward(Tensor x) {
        Tensor y = conv1.forward(x, Activation.RELU, null, Activation.RELU);
        return conv2.forward(y, Activation.NONE, x, Activation.NONE);
    }
}
