package da3.nn.nd4j;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.ScalarOp;
import org.nd4j.linalg.api.ops.TransformOp;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;

/** Records the operations that ND4J runs until this is closed. */
public final class RecordedOperations implements AutoCloseable {

    private final Map<String, String> symbols = new ConcurrentSkipListMap<>();
    private final Nd4jComponent executioner;

    public RecordedOperations() throws ReflectiveOperationException {
        Backend.start(1);
        Object recording = Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {OpExecutioner.class},
                (proxy, method, arguments) -> run(method, arguments));
        executioner = new Nd4jComponent("OP_EXECUTIONER_INSTANCE", recording);
    }

    private Object run(Method method, Object[] arguments) throws Throwable {
        if (method.getName().startsWith("exec")) {
            if (arguments[0] instanceof CustomOp op) {
                symbols.put(op.opName(), op.opName());
            } else if (arguments[0] instanceof Op op) {
                symbols.put(op.opName() + " " + op.opNum(), function(op));
            } else {
                throw new AssertionError("unexpected operation " + arguments[0]);
            }
        }
        try {
            return method.invoke(executioner.original(), arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Returns the native function that runs an operation on a GPU, as in {@code CudaExecutioner} of nd4j-cuda. */
    private static String function(Op op) {
        if (op instanceof ScalarOp) {
            return "execScalar";
        }
        if (!(op instanceof TransformOp transform)) {
            throw new AssertionError("unexpected operation " + op.opName());
        }
        if (op.y() != null) {
            return "execPairwiseTransform";
        }
        return switch (transform.getOpType()) {
            case TRANSFORM_ANY -> "execTransformAny";
            case TRANSFORM_FLOAT -> "execTransformFloat";
            case TRANSFORM_SAME -> "execTransformSame";
            case TRANSFORM_STRICT -> "execTransformStrict";
            default -> throw new AssertionError("unexpected type of operation " + transform.getOpType());
        };
    }

    /**
     * Returns the symbol of the native library for each operation. The operation is named by its name, and by name and
     * number if it is not a custom operation.
     */
    public Map<String, String> symbols() {
        return Map.copyOf(symbols);
    }

    @Override
    public void close() throws ReflectiveOperationException {
        executioner.close();
    }
}
