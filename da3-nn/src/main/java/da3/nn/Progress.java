package da3.nn;

/** A listener for the progress of a long computation, which it can stop by throwing an exception. */
@FunctionalInterface
public interface Progress {

    Progress SILENT = (stage, done, total) -> {};

    /**
     * Called on the thread of the engine after each step.
     *
     * @param stage name of the stage, for instance {@code backbone}
     * @param done completed steps, 1 to {@code total}
     */
    void step(String stage, int done, int total);
}
