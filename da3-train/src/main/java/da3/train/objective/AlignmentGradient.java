package da3.train.objective;

/** A rule for the derivatives of the alignments in the global and local terms of the teacher's objective. */
public enum AlignmentGradient {
    /** Through scale and shift, as functions of the predictions at the two points that the line passes through. */
    FLOWING,
    /** Scale and shift are constants. */
    DETACHED
}
