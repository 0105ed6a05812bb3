package da3.nn;

/** The lifetime of tensors: closing a scope releases every tensor made in it that was not kept. */
public interface Scope extends AutoCloseable {

    /** Moves a tensor of this scope to the enclosing one. */
    Tensor keep(Tensor tensor);

    /** Ends the life of a tensor of this scope early. */
    void release(Tensor tensor);

    @Override
    void close();
}
