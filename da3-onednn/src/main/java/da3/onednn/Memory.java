package da3.onednn;

import da3.nn.Scope;
import da3.nn.Tensor;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Set;

/** Scopes, and the arena that their tensors live in. */
final class Memory {

    private final Runnable threadCheck;
    private final long idleFloats;
    private final Deque<OpenScope> open = new ArrayDeque<>();
    private final Arena arena = new Arena();

    /**
     * @param threadCheck throws on any thread but the one that may use this memory
     * @param idleFloats held between calls, for the next one
     */
    Memory(Runnable threadCheck, long idleFloats) {
        this.threadCheck = threadCheck;
        this.idleFloats = idleFloats;
    }

    /** A new tensor of the innermost scope. Its values are arbitrary. */
    OneDnnTensor tensor(int... shape) {
        OneDnnTensor tensor =
                new OneDnnTensor(new OneDnnTensor.Storage(arena.take(OneDnnTensor.product(shape))), shape);
        innermost().tensors.add(tensor);
        return tensor;
    }

    /** The same values under another shape. */
    OneDnnTensor alias(OneDnnTensor x, int... shape) {
        if (OneDnnTensor.product(shape) != x.values()) {
            throw new IllegalArgumentException("cannot see " + x + " as " + Arrays.toString(shape) + ": " + x.values()
                    + " and " + OneDnnTensor.product(shape) + " values");
        }
        OneDnnTensor alias = new OneDnnTensor(x.storage, shape);
        innermost().tensors.add(alias);
        return alias;
    }

    Scope scope() {
        threadCheck.run();
        OpenScope scope = new OpenScope();
        open.push(scope);
        return scope;
    }

    private OpenScope innermost() {
        threadCheck.run();
        if (open.isEmpty()) {
            throw new IllegalStateException("no scope is open: tensors live in one");
        }
        return open.peek();
    }

    private void drop(OneDnnTensor tensor) {
        if (--tensor.storage.users == 0) {
            arena.give(tensor.storage.block);
        }
    }

    /** Closes what scopes were left open by an error, and gives all memory back. */
    void clear() {
        while (!open.isEmpty()) {
            open.peek().close();
        }
        arena.shrinkTo(0);
    }

    private final class OpenScope implements Scope {
        final Set<OneDnnTensor> tensors = Collections.newSetFromMap(new IdentityHashMap<>());

        @Override
        public Tensor keep(Tensor tensor) {
            OneDnnTensor kept = (OneDnnTensor) tensor;
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
            if (tensors.remove((OneDnnTensor) tensor)) {
                drop((OneDnnTensor) tensor);
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
                arena.shrinkTo(idleFloats);
            }
        }
    }
}
