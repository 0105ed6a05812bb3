package da3.nn.nd4j;

import da3.nn.Scope;
import da3.nn.Tensor;
import da3.nn.engine.EngineThread;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Scopes, and the arena that their tensors live in. */
final class Memory {

    /** Floats held between calls, for the next one: 384 MiB, what a few views of a small model take. */
    private static final long IDLE_FLOATS = 96L << 20;

    /** Floats of a scratch held between calls: 32 MiB. */
    private static final long IDLE_SCRATCH_FLOATS = 8L << 20;

    private final EngineThread thread;
    private final Deque<OpenScope> open = new ArrayDeque<>();
    private final Arena arena = new Arena();
    private final List<Scratch> scratches = new ArrayList<>();

    /** @param thread the only one that may use this memory */
    Memory(EngineThread thread) {
        this.thread = thread;
    }

    /** A new tensor of the innermost scope. Its values are arbitrary. */
    Nd4jTensor tensor(int... shape) {
        OpenScope scope = innermost();
        Nd4jTensor tensor = new Nd4jTensor(new Nd4jTensor.Storage(arena.take(Nd.product(shape))), shape);
        scope.tensors.add(tensor);
        return tensor;
    }

    /** Memory outside all scopes, released between calls where it is large. */
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
        Nd4jTensor alias = new Nd4jTensor(x.storage, shape);
        innermost().tensors.add(alias);
        return alias;
    }

    Scope scope() {
        thread.requireCurrent();
        OpenScope scope = new OpenScope();
        open.push(scope);
        return scope;
    }

    private OpenScope innermost() {
        thread.requireCurrent();
        if (open.isEmpty()) {
            throw new IllegalStateException("no scope is open: tensors live in one");
        }
        return open.peek();
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
        while (!open.isEmpty()) {
            open.peek().close();
        }
        shrinkTo(0, 0);
    }

    private void shrinkTo(long arenaFloats, long scratchFloats) {
        arena.shrinkTo(arenaFloats);
        scratches.forEach(scratch -> scratch.shrinkTo(scratchFloats));
    }

    private final class OpenScope implements Scope {
        final Set<Nd4jTensor> tensors = Collections.newSetFromMap(new IdentityHashMap<>());

        @Override
        public Tensor keep(Tensor tensor) {
            Nd4jTensor kept = (Nd4jTensor) tensor;
            if (tensors.remove(kept)) {
                Iterator<OpenScope> scopes = open.iterator();
                while (scopes.next() != this) {
                    // scopes opened inside this one
                }
                if (!scopes.hasNext()) {
                    tensors.add(kept);
                    throw new IllegalStateException("the outermost scope has none around it that could keep " + kept);
                }
                scopes.next().tensors.add(kept);
            }
            return tensor;
        }

        @Override
        public void release(Tensor tensor) {
            if (tensors.remove((Nd4jTensor) tensor)) {
                drop((Nd4jTensor) tensor);
            }
        }

        @Override
        public void close() {
            if (!open.contains(this)) {
                return;
            }
            while (open.peek() != this) {
                open.peek().close();
            }
            open.pop();
            tensors.forEach(Memory.this::drop);
            tensors.clear();
            if (open.isEmpty()) {
                shrinkTo(IDLE_FLOATS, IDLE_SCRATCH_FLOATS);
            }
        }
    }
}
