package da3.nn;

/** Found by {@link java.util.ServiceLoader}: an engine that is on the class path. */
public interface EngineProvider {

    /** As in {@link Engine#name()}. */
    String name();

    /**
     * @param threads to compute with, at least 1
     * @throws IllegalStateException if this machine cannot serve the engine, or the engine or the machine lacks the
     *     precision; the message says what is missing
     */
    Engine create(int threads, Precision precision);
}
