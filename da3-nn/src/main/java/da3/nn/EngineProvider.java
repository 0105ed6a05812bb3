package da3.nn;

import da3.nn.shape.OperationMemory;

/** Creates an engine on the class path; found by {@link java.util.ServiceLoader}. */
public interface EngineProvider {

    /** Returns the name of the engine, as {@link Engine#name()} does. */
    String name();

    /**
     * Returns the approximate address space in bytes that an engine needs to start, without weights; 0 if negligible.
     */
    default long addressSpaceBytes() {
        return 0;
    }

    /** Describes the memory of operations without creating an engine; parameters as in {@link #create}. */
    OperationMemory memory(int threads, Precision precision);

    /**
     * Creates an engine.
     *
     * @param threads number of threads, at least 1
     * @throws IllegalStateException if the engine does not run on this machine, or the engine or the machine does not
     *     support the precision; the message says what is missing
     */
    Engine create(int threads, Precision precision);
}
