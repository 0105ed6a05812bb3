package da3.nn;

/** The lifetime of tensors: closing a scope releases all tensors created in it that were not kept. */
public interface Scope extends AutoCloseable {

    /** Moves a tensor of this scope to the enclosing scope and returns it. */
    Tensor keep(Tensor tensor);

    /** Releases a tensor of this scope early. */
    void release(Tensor tensor);

    @Override
    void close();
}
