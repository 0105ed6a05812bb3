package da3.nn.autograd;

import da3.nn.Tensor;

/** A tensor of a recorded computation: its value, and whether a gradient flows through it. */
final class Variable implements Tensor {

    /** The wrapped engine's tensor. */
    final Tensor value;

    final boolean needsGradient;

    /** The gradient collected so far by the running backward pass; null before the first contribution. */
    Tensor gradient;

    /** Recorded rules that read the value in the backward pass. */
    private int readers;

    /** Whether the network is done with it: its scope is closed. */
    private boolean ended;

    Variable(Tensor value, boolean needsGradient) {
        this.value = value;
        this.needsGradient = needsGradient;
    }

    @Override
    public int[] shape() {
        return value.shape();
    }

    void addReader() {
        readers++;
    }

    /** Returns whether the value is of no more use. */
    boolean removeReader() {
        return --readers == 0 && ended;
    }

    /** Returns whether the value is of no more use. */
    boolean end() {
        ended = true;
        return readers == 0;
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
