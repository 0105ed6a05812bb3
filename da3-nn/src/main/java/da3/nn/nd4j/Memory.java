package da3.nn.nd4j;

import da3.nn.Scope;
import da3.nn.Tensor;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Scopes, and the buffers that wait to be used again.
 *
 * <p>A network asks for the same sizes over and over, so released buffers are kept by exact size, the least recently
 * used given back once more than {@code idleLimit} bytes wait.
 */
final class Memory {

    private final long idleLimit;
    private final Deque<OpenScope> open = new ArrayDeque<>();
    /** Idle buffers by length; sizes in the order of their last use. */
    private final Map<Long, Deque<DataBuffer>> idle = new LinkedHashMap<>(64, 0.75f, true);

    private long idleBytes;

    Memory(long idleLimit) {
        this.idleLimit = idleLimit;
    }

    /** A new tensor of the innermost scope. Its values are arbitrary. */
    Nd4jTensor tensor(int... shape) {
        Nd4jTensor tensor = new Nd4jTensor(new Nd4jTensor.Storage(take(Nd.product(shape))), shape);
        innermost().tensors.add(tensor);
        return tensor;
    }

    /** The same values under another shape. */
    Nd4jTensor alias(Nd4jTensor x, int... shape) {
        if (Nd.product(shape) != x.size()) {
            throw new IllegalArgumentException("cannot see " + x + " as " + java.util.Arrays.toString(shape) + ": "
                    + x.size() + " and " + Nd.product(shape) + " values");
        }
        Nd4jTensor alias = new Nd4jTensor(x.storage, shape);
        innermost().tensors.add(alias);
        return alias;
    }

    Scope scope() {
        OpenScope scope = new OpenScope();
        open.push(scope);
        return scope;
    }

    private OpenScope innermost() {
        if (open.isEmpty()) {
            throw new IllegalStateException("no scope is open: tensors live in one");
        }
        return open.peek();
    }

    private DataBuffer take(long length) {
        Deque<DataBuffer> waiting = idle.get(length);
        if (waiting != null && !waiting.isEmpty()) {
            idleBytes -= 4 * length;
            return waiting.pop();
        }
        return Nd4j.createBuffer(DataType.FLOAT, length, false);
    }

    private void drop(Nd4jTensor tensor) {
        if (--tensor.storage.users > 0) {
            return;
        }
        DataBuffer buffer = tensor.storage.buffer;
        idle.computeIfAbsent(buffer.length(), n -> new ArrayDeque<>()).push(buffer);
        idleBytes += 4 * buffer.length();
        shrinkTo(idleLimit);
    }

    private void shrinkTo(long limit) {
        Iterator<Deque<DataBuffer>> leastRecent = idle.values().iterator();
        while (idleBytes > limit && leastRecent.hasNext()) {
            Deque<DataBuffer> buffers = leastRecent.next();
            while (idleBytes > limit && !buffers.isEmpty()) {
                DataBuffer buffer = buffers.pop();
                idleBytes -= 4 * buffer.length();
                buffer.close();
            }
            if (buffers.isEmpty()) {
                leastRecent.remove();
            }
        }
    }

    /** Closes what scopes were left open by an error, and gives every idle buffer back. */
    void clear() {
        while (!open.isEmpty()) {
            open.peek().close();
        }
        shrinkTo(0);
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
        }
    }
}
