package da3.nn.engine;

import da3.nn.Scope;
import da3.nn.Tensor;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The nested open scopes of an engine and their tensors.
 *
 * @param <T> type of the tensors of the engine
 */
public final class Scopes<T extends Tensor> {

    private final Class<T> type;
    private final Runnable threadCheck;
    private final Consumer<T> end;
    private final Runnable idle;
    private final Deque<OpenScope> open = new ArrayDeque<>();

    /**
     * @param threadCheck throws on any thread but the one that may use these scopes
     * @param end called once for every tensor when it is released or its scope closes
     * @param idle called after the outermost scope has closed
     */
    public Scopes(Class<T> type, Runnable threadCheck, Consumer<T> end, Runnable idle) {
        this.type = type;
        this.threadCheck = threadCheck;
        this.end = end;
        this.idle = idle;
    }

    /** Opens a scope inside the current one. */
    public Scope open() {
        threadCheck.run();
        OpenScope scope = new OpenScope();
        open.push(scope);
        return scope;
    }

    /** @throws IllegalStateException if no scope is open, or on the wrong thread */
    public void requireOpen() {
        threadCheck.run();
        if (open.isEmpty()) {
            throw new IllegalStateException("no scope is open, but tensors need one");
        }
    }

    /**
     * Adds a tensor to the innermost scope and returns it.
     *
     * @throws IllegalStateException as {@link #requireOpen} does
     */
    public T add(T tensor) {
        requireOpen();
        open.peek().tensors.add(tensor);
        return tensor;
    }

    /** Closes scopes that an error left open; may be called on any thread. */
    public void closeAll() {
        while (!open.isEmpty()) {
            open.peek().close();
        }
    }

    private final class OpenScope implements Scope {
        final Set<T> tensors = Collections.newSetFromMap(new IdentityHashMap<>());

        @Override
        public Tensor keep(Tensor tensor) {
            T kept = type.cast(tensor);
            if (tensors.remove(kept)) {
                Iterator<OpenScope> scopes = open.iterator();
                while (scopes.next() != this) {
                    // skip the scopes inside this one
                }
                if (!scopes.hasNext()) {
                    tensors.add(kept);
                    throw new IllegalStateException(
                            "the outermost scope has no enclosing scope that could keep " + kept);
                }
                scopes.next().tensors.add(kept);
            }
            return tensor;
        }

        @Override
        public void release(Tensor tensor) {
            T released = type.cast(tensor);
            if (tensors.remove(released)) {
                end.accept(released);
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
            tensors.forEach(end);
            tensors.clear();
            if (open.isEmpty()) {
                idle.run();
            }
        }
    }
}
