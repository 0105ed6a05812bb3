package da3.spark;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Objects that exist once in the JVM of an executor and are shared by its tasks, such as models. They live until the JVM
 * ends, since an executor does not know which of its tasks is the last.
 */
public final class PerExecutor {

    private static final Map<Object, Object> OBJECTS = new HashMap<>();

    private PerExecutor() {}

    /**
     * Returns the object of a key, which the first call creates while others wait.
     *
     * @param key identifies the object in the executor; equal keys must stand for equal objects
     * @param create called again by the next call if it fails
     */
    @SuppressWarnings("unchecked") // a key stands for one type
    public static synchronized <T> T get(Object key, Supplier<T> create) {
        ExecutorNatives.prepare();
        Object object = OBJECTS.get(key);
        if (object == null) {
            object = create.get();
            OBJECTS.put(key, object);
        }
        return (T) object;
    }
}
