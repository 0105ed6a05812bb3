package da3.nn.nd4j;

import da3.nn.Scope;
import da3.nn.engine.Arena;
import da3.nn.engine.EngineThread;
import da3.nn.engine.Scopes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Scopes, and the arena that their tensors live in. */
final class TensorMemory {

    /** Floats held between calls, for the next one: 384 MiB, what a few views of a small model take. */
    private static final long IDLE_FLOATS = 96L << 20;

    /** Floats of a scratch held between calls: 32 MiB. */
    private static final long IDLE_SCRATCH_FLOATS = 8L << 20;

    private final Scopes<Nd4jTensor> scopes;
    private final Arena<FloatMemory> arena = new Arena<>(FloatMemory::new, FloatMemory::release);
    private final List<Scratch> scratches = new ArrayList<>();

    /** @param thread the only one that may use this memory */
    TensorMemory(EngineThread thread) {
        this.scopes = new Scopes<>(
                Nd4jTensor.class, thread::requireCurrent, this::drop, () -> shrinkTo(IDLE_FLOATS, IDLE_SCRATCH_FLOATS));
    }

    /** A new tensor of the innermost scope. Its values are arbitrary. */
    Nd4jTensor tensor(int... shape) {
        scopes.requireOpen();
        return scopes.add(new Nd4jTensor(new Nd4jTensor.Storage(arena.take(Nd.product(shape))), shape));
    }

    /** TensorMemory outside all scopes, released between calls where it is large. */
    Scratch scratch() {
        Scratch scratch = new Scratch();
        scratches.add(scratch);
        return scratch;
    }

    /** The same values under another shape. */
    Nd4jTensor alias(Nd4jTensor x, int... shape) {
        if (Nd.product(shape) != x.size()) {
            throw new IllegalArgumentException("cannot see " + x + " as " + Arrays.toString(shape) + ": " + x.size()
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
            arena.give(tensor.storage.block);
        }
    }

    /** The most floats that tensors took at a time so far. */
    long peak() {
        return arena.peak();
    }

    /** Closes what scopes were left open by an error, and gives all memory back. */
    void clear() {
        scopes.closeAll();
        shrinkTo(0, 0);
    }

    private void shrinkTo(long arenaFloats, long scratchFloats) {
        arena.shrinkTo(arenaFloats);
        scratches.forEach(scratch -> scratch.shrinkTo(scratchFloats));
    }
}
