package da3.nn;

/** Gated feed-forward (Shazeer, 2020): w3(silu(a) * b), where w12 makes a and b together. */
final class SwiGlu implements FeedForward {

    private final Engine engine;
    private final Linear w12;
    private final Linear w3;

    SwiGlu(ParameterPath at, int dim, int hidden) {
        this.engine = at.engine();
        this.w12 = new Linear(at.at("w12"), dim, 2 * hidden);
        this.w3 = new Linear(at.at("w3"), hidden, dim);
    }

    @Override
    public Tensor forward(Tensor x, Parameter gamma, Tensor residual) {
        return w3.forward(engine.swiGlu(w12.forward(x)), gamma, residual);
    }
}
