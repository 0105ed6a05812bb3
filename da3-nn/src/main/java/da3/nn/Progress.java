package da3.nn;

/** Told how far a long computation is, and able to stop it by throwing. */
@FunctionalInterface
public interface Progress {

    Progress SILENT = (stage, done, total) -> {};

    /**
     * Called on the engine's thread after each step.
     *
     * @param stage what is being done, for instance {@code backbone}
     * @param done steps done, 1 to {@code total}
     */
    void step(String stage, int done, int total);
}
