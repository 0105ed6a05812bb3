package da3.nn.nd4j;

import java.lang.reflect.Field;
import org.nd4j.linalg.factory.Nd4j;

/** A component of ND4J that is replaced until this is closed. */
public final class Nd4jComponent implements AutoCloseable {

    private final Field field;
    private final Object original;

    /** @param name name of the static field of {@link Nd4j} */
    public Nd4jComponent(String name, Object replacement) throws ReflectiveOperationException {
        field = Nd4j.class.getDeclaredField(name);
        field.setAccessible(true);
        original = field.get(null);
        field.set(null, replacement);
    }

    /** Returns the component that is replaced. */
    public Object original() {
        return original;
    }

    @Override
    public void close() throws ReflectiveOperationException {
        field.set(null, original);
    }
}
