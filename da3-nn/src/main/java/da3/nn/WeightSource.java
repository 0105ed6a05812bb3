package da3.nn;

import java.nio.FloatBuffer;
import java.util.Optional;

/** Where a network's numbers come from: a checkpoint, or a rule. Not thread-safe. */
public interface WeightSource extends AutoCloseable {

    /** Whether a tensor of this full checkpoint name can be read. */
    boolean has(String name);

    /**
     * Declares that a network needs a tensor; nothing is read.
     *
     * <p>Every tensor is declared when its network is built, so that a checkpoint that lacks one is refused then.
     *
     * @param name the full checkpoint name
     * @param shape what the network expects
     * @throws WeightsException if there is no such tensor or its shape differs; the message names both shapes
     */
    void require(String name, int... shape);

    /**
     * Writes a tensor's values, row-major and converted to float, from the buffer's position on.
     *
     * @param name the full checkpoint name, for instance {@code model.backbone.pretrained.norm.weight}
     * @param shape what the network expects
     * @throws WeightsException if there is no such tensor or its shape differs; the message names both shapes
     */
    void read(String name, int[] shape, FloatBuffer into);

    /** What this is, in a few words, for messages. */
    String description();

    /** A digest of all names, shapes and values; empty where the description says it all, or none was taken. */
    default Optional<String> hash() {
        return Optional.empty();
    }

    @Override
    void close();
}
