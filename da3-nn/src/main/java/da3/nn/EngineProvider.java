package da3.nn;

/** Found by {@link java.util.ServiceLoader}: an engine that is on the class path. */
public interface EngineProvider {

    /** As in {@link Engine#name()}. */
    String name();

    /** Returns about how many bytes of address space an engine takes to start, before any weights; 0 if hardly any. */
    default long addressSpaceBytes() {
        return 0;
    }

    /**
     * @param threads to compute with, at least 1
     * @throws IllegalStateException if this machine cannot serve the engine, or the engine or the machine lacks the
     *     precision; the message says what is missing
     */
    Engine create(int threads, Precision precision);
}
