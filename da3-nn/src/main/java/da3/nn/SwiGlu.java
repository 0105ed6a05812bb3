package da3.nn;

/** A gated feed-forward layer (Shazeer, 2020): w3(silu(a) * b), where w12 computes both a and b. */
final class SwiGlu implements FeedForward {

    private final Engine engine;
    private final Linear w12;
    private final Linear w3;

    SwiGlu(ParameterPath path, int dim, int hidden) {
        this.engine = path.engine();
        this.w12 = new Linear(path.child("w12"), dim, 2 * hidden);
        this.w3 = new Linear(path.child("w3"), hidden, dim);
    }

    @Override
    public Tensor forward(Tensor x, Parameter gamma, Tensor residual) {
        return w3.forward(engine.swiGlu(w12.forward(x)), gamma, residual);
    }
}
