package da3.nn;

import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.OptionalInt;

/** The source of the weights of a network: a checkpoint or seeded weights. Not thread-safe. */
public interface WeightSource extends AutoCloseable {

    /** Returns whether there is a tensor of this full checkpoint name. */
    boolean has(String name);

    /**
     * Declares that a network needs a tensor, without reading it.
     *
     * <p>A network declares all its tensors when it is built, so that an incomplete checkpoint fails early.
     *
     * @param name the full checkpoint name
     * @param shape expected shape
     * @throws WeightsException if there is no such tensor or its shape differs; the message names both shapes
     */
    void require(String name, int... shape);

    /**
     * Writes the values of a tensor into a buffer, row-major and converted to float, from its position on.
     *
     * @param name the full checkpoint name, for instance {@code model.backbone.pretrained.norm.weight}
     * @param shape expected shape
     * @throws WeightsException if there is no such tensor or its shape differs; the message names both shapes
     */
    void read(String name, int[] shape, FloatBuffer into);

    /**
     * Returns the rank of the {@linkplain LoraUpdate low-rank update} that a network adds to a weight, or empty if it
     * uses the weight as it is.
     *
     * @param weight the full checkpoint name of the weight of a linear map
     */
    default OptionalInt updateRank(String weight) {
        return OptionalInt.empty();
    }

    /** Returns a short description for messages. */
    String description();

    /**
     * Returns a digest of all names, shapes and values, or empty if there is none or the description identifies them.
     */
    default Optional<String> hash() {
        return Optional.empty();
    }

    @Override
    void close();
}
