package da3.nn;

/** The second half of a block, which processes every token separately. */
interface FeedForward {

    /** Returns residual + gamma * f(x): (.., dim) -> (.., dim). */
    Tensor forward(Tensor x, Parameter gamma, Tensor residual);
}
