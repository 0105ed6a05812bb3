package da3.nn.autograd;

import da3.nn.Tensor;

/** A tensor of a recorded computation: its value, and whether a gradient flows through it. */
final class Variable implements Tensor {

    /** The tensor of the wrapped engine. */
    final Tensor value;

    final boolean needsGradient;

    /** The gradient accumulated by the running backward pass; null before the first contribution. */
    Tensor gradient;

    /** Number of recorded rules that will read the value. */
    private int readers;

    /** Whether the scope of the network has closed. */
    private boolean ended;

    Variable(Tensor value, boolean needsGradient) {
        this.value = value;
        this.needsGradient = needsGradient;
    }

    /** Returns a tensor of the recording engine as a variable. */
    static Variable of(Tensor tensor) {
        return (Variable) tensor;
    }

    /** Returns the tensor of the wrapped engine; null for null. */
    static Tensor value(Tensor tensor) {
        return tensor == null ? null : of(tensor).value;
    }

    /** Returns whether a gradient flows through a tensor; false for null. */
    static boolean needsGradient(Tensor tensor) {
        return tensor != null && of(tensor).needsGradient;
    }

    @Override
    public int[] shape() {
        return value.shape();
    }

    void addReader() {
        readers++;
    }

    /** Returns whether the value can be released. */
    boolean removeReader() {
        return --readers == 0 && ended;
    }

    /** Marks the variable as no longer used by the network; returns whether the value can be released. */
    boolean end() {
        ended = true;
        return readers == 0;
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
