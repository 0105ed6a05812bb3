package da3.nn;

/**
 * A handle to numbers that an {@link Engine} holds. Its values never change; it lives until its {@link Scope} closes.
 */
public interface Tensor {

    /** Sizes, outermost first; not to be modified. */
    int[] shape();

    /** Size of an axis; negative axes count from the end. */
    default int size(int axis) {
        int[] shape = shape();
        return shape[axis < 0 ? shape.length + axis : axis];
    }
}
