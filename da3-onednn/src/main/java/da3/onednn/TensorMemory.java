package da3.onednn;

import da3.nn.Precision;
import da3.nn.Scope;
import da3.nn.engine.Arena;
import da3.nn.engine.Scopes;
import java.util.Arrays;

/** The open scopes of an engine and the arena that holds their tensors. */
final class TensorMemory {

    private final Scopes<OneDnnTensor> scopes;
    /** Floats of a slab of the arena: 256 MiB, enough for most calls. */
    static final long SLAB_FLOATS = 64L << 20;

    private final Arena<AlignedBuffer> arena = new Arena<>(SLAB_FLOATS, AlignedBuffer::new, AlignedBuffer::close);

    /**
     * @param threadCheck throws on any thread but the one that may use this memory
     * @param idleFloats floats kept between calls
     */
    TensorMemory(Runnable threadCheck, long idleFloats) {
        this.scopes = new Scopes<>(OneDnnTensor.class, threadCheck, this::drop, () -> arena.shrinkTo(idleFloats));
    }

    /** Returns a new float32 tensor in the innermost scope. Its values are uninitialized. */
    OneDnnTensor tensor(int... shape) {
        return tensor(Precision.FLOAT32, shape);
    }

    /** Returns a new tensor in the innermost scope. Its values are uninitialized. */
    OneDnnTensor tensor(Precision precision, int... shape) {
        scopes.requireOpen();
        long floats = ((long) precision.bytes() * OneDnnTensor.product(shape) + 3) / 4;
        return scopes.add(new OneDnnTensor(new OneDnnTensor.Storage(arena.allocate(floats)), precision, shape));
    }

    /** Returns a tensor that shares the values of another under a different shape. */
    OneDnnTensor alias(OneDnnTensor x, int... shape) {
        if (OneDnnTensor.product(shape) != x.values()) {
            throw new IllegalArgumentException("cannot reshape " + x + " to " + Arrays.toString(shape) + ": "
                    + x.values() + " and " + OneDnnTensor.product(shape) + " values");
        }
        scopes.requireOpen();
        return scopes.add(new OneDnnTensor(x.storage, x.precision, shape));
    }

    Scope scope() {
        return scopes.open();
    }

    private void drop(OneDnnTensor tensor) {
        if (--tensor.storage.users == 0) {
            arena.free(tensor.storage.block);
        }
    }

    /** Returns the peak of floats used by tensors so far. */
    long peak() {
        return arena.peak();
    }

    /** Closes scopes that an error left open, and releases all memory. */
    void clear() {
        scopes.closeAll();
        arena.shrinkTo(0);
    }
}
