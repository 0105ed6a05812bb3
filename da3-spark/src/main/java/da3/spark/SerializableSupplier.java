package da3.spark;

import java.io.IOException;
import java.io.Serializable;

/**
 * Creates an object on each machine that needs it. Spark sends the supplier, which must capture nothing but serializable
 * values such as texts and numbers; the object itself, for instance a model or a source of frames, never leaves its JVM.
 *
 * @param <T> type of the object
 */
@FunctionalInterface
public interface SerializableSupplier<T> extends Serializable {

    /** Creates the object, equal on all machines. */
    T get() throws IOException;
}
