package da3.nn;

/**
 * A handle to an array in the memory of an {@link Engine}. It is immutable and lives until its {@link Scope} closes.
 */
public interface Tensor {

    /** Returns the sizes of the axes, outermost first; must not be modified. */
    int[] shape();

    /** Returns the size of an axis; negative axes count from the end. */
    default int size(int axis) {
        int[] shape = shape();
        return shape[axis < 0 ? shape.length + axis : axis];
    }
}
