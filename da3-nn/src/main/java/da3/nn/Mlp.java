package da3.nn;

/** Two linear maps with a GELU between them. */
final class Mlp implements FeedForward {

    private final Linear fc1;
    private final Linear fc2;

    Mlp(ParameterPath path, int in, int hidden, int out) {
        this.fc1 = new Linear(path.child("fc1"), in, hidden);
        this.fc2 = new Linear(path.child("fc2"), hidden, out);
    }

    Tensor forward(Tensor x) {
        return fc2.forward(fc1.forward(x, Activation.GELU));
    }

    @Override
    public Tensor forward(Tensor x, Parameter gamma, Tensor residual) {
        return fc2.forward(fc1.forward(x, Activation.GELU), gamma, residual);
    }
}
