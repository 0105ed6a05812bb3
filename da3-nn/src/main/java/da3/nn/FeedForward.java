package da3.nn;

/** The second half of a block, working on every token by itself. */
interface FeedForward {

    /** residual + gamma * f(x): (.., dim) -> (.., dim). */
    Tensor forward(Tensor x, Parameter gamma, Tensor residual);
}
