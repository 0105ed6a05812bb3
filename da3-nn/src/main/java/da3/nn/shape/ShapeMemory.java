package da3.nn.shape;

import da3.nn.Precision;
import da3.nn.Scope;
import da3.nn.engine.Arena;
import da3.nn.engine.Scopes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The memory that an engine would allocate for tensors. Blocks are placed by the same {@link Arena} as those of real
 * engines, so that the peak includes its fragmentation. Not thread-safe.
 */
public final class ShapeMemory {

    private static final Object NOTHING = new Object(); // an allocation without memory

    private final Arena<Object> arena;
    private final Scopes<ShapeTensor> scopes = new Scopes<>(ShapeTensor.class, () -> {}, this::drop, () -> {});
    private final Map<String, Long> buffers = new HashMap<>(); // bytes by name

    /** @param slabFloats floats of a slab of the arena */
    ShapeMemory(long slabFloats) {
        this.arena = new Arena<>(slabFloats, floats -> NOTHING, allocation -> {});
    }

    /** Opens a scope inside the current one. */
    public Scope scope() {
        return scopes.open();
    }

    /** Allocates values in the innermost scope. */
    public void allocate(Precision precision, long values) {
        tensor(values, precision);
    }

    /** Allocates float32 values in the innermost scope. */
    public void allocate(long floats) {
        allocate(Precision.FLOAT32, floats);
    }

    /** Grows a buffer that an engine keeps outside all scopes and reuses, unless it is large enough. */
    public void growBuffer(String name, long floats) {
        buffers.merge(name, Float.BYTES * floats, Math::max);
    }

    /** Returns a new tensor in the innermost scope. */
    ShapeTensor tensor(Precision precision, int... shape) {
        return tensor(ShapeTensor.product(shape), precision, shape);
    }

    private ShapeTensor tensor(long values, Precision precision, int... shape) {
        scopes.requireOpen();
        long floats = (precision.bytes() * values + Float.BYTES - 1) / Float.BYTES;
        return scopes.add(new ShapeTensor(new ShapeTensor.Storage(arena.allocate(floats)), precision, shape));
    }

    /** Returns a tensor that shares the memory of another under a different shape. */
    ShapeTensor alias(ShapeTensor x, int... shape) {
        if (ShapeTensor.product(shape) != x.values()) {
            throw new IllegalArgumentException("cannot reshape " + x + " to " + Arrays.toString(shape) + ": "
                    + x.values() + " and " + ShapeTensor.product(shape) + " values");
        }
        scopes.requireOpen();
        return scopes.add(new ShapeTensor(x.storage, x.precision(), shape));
    }

    private void drop(ShapeTensor tensor) {
        if (--tensor.storage.users == 0) {
            arena.free(tensor.storage.block);
        }
    }

    /** Returns the peak of resident bytes so far. */
    long peakBytes() {
        return Float.BYTES * arena.peak()
                + buffers.values().stream().mapToLong(Long::longValue).sum();
    }

    void clear() {
        scopes.closeAll();
        arena.shrinkTo(0);
    }
}
