package da3.nn.nd4j;

import da3.nn.Scope;
import da3.nn.engine.Arena;
import da3.nn.engine.EngineThread;
import da3.nn.engine.Scopes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The open scopes of an engine and the arena that holds their tensors. */
final class TensorMemory {

    /** Floats kept between calls: 384 MiB, enough for a few views of a small model. */
    private static final long IDLE_FLOATS = 96L << 20;

    /** Floats of a scratch allocation kept between calls: 32 MiB. */
    private static final long IDLE_SCRATCH_FLOATS = 8L << 20;

    private final Scopes<Nd4jTensor> scopes;
    /** Floats of a slab of the arena: 64 MiB, since memory of a GPU is taken as soon as it is allocated. */
    static final long SLAB_FLOATS = 16L << 20;

    private final Arena<FloatMemory> arena = new Arena<>(SLAB_FLOATS, FloatMemory::new, FloatMemory::release);
    private final List<Scratch> scratches = new ArrayList<>();

    /** @param thread the only thread that may use this memory */
    TensorMemory(EngineThread thread) {
        this.scopes = new Scopes<>(
                Nd4jTensor.class, thread::requireCurrent, this::drop, () -> shrinkTo(IDLE_FLOATS, IDLE_SCRATCH_FLOATS));
    }

    /** Returns a new tensor in the innermost scope. Its values are uninitialized. */
    Nd4jTensor tensor(int... shape) {
        scopes.requireOpen();
        return scopes.add(new Nd4jTensor(new Nd4jTensor.Storage(arena.allocate(Nd.product(shape))), shape));
    }

    /** Returns a new tensor in the innermost scope with values, row-major. */
    Nd4jTensor upload(float[] values, int... shape) {
        if (values.length != Nd.product(shape)) {
            throw new IllegalArgumentException(
                    values.length + " values do not fill a tensor of shape " + Arrays.toString(shape));
        }
        Nd4jTensor out = tensor(shape);
        HostAccess.write(out.as(values.length), values);
        return out;
    }

    /** Returns scratch memory outside all scopes, which is released between calls if it is large. */
    Scratch scratch() {
        Scratch scratch = new Scratch();
        scratches.add(scratch);
        return scratch;
    }

    /** Returns a tensor that shares the values of another under a different shape. */
    Nd4jTensor alias(Nd4jTensor x, int... shape) {
        if (Nd.product(shape) != x.size()) {
            throw new IllegalArgumentException("cannot reshape " + x + " to " + Arrays.toString(shape) + ": " + x.size()
                    + " and " + Nd.product(shape) + " values");
        }
        scopes.requireOpen();
        return scopes.add(new Nd4jTensor(x.storage, shape));
    }

    Scope scope() {
        return scopes.open();
    }

    private void drop(Nd4jTensor tensor) {
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
        shrinkTo(0, 0);
    }

    private void shrinkTo(long arenaFloats, long scratchFloats) {
        arena.shrinkTo(arenaFloats);
        scratches.forEach(scratch -> scratch.shrinkTo(scratchFloats));
    }
}
