package da3.train.optimizer;

import java.util.List;

/**
 * A parameter in the lists of an optimizer.
 *
 * @param name name of the parameter in the checkpoint
 * @param shape the shape of the tensor in the checkpoint
 */
public record ParameterSlot(String name, List<Integer> shape) {

    /** @throws IllegalArgumentException if a dimension is not positive */
    public ParameterSlot {
        shape = List.copyOf(shape);
        if (shape.stream().anyMatch(size -> size <= 0)) {
            throw new IllegalArgumentException("shape of " + name + " must have positive sizes, got " + shape);
        }
    }

    /** Returns the number of values. */
    public int size() {
        return shape.stream().reduce(1, Math::multiplyExact);
    }
}
