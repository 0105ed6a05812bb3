package da3.train.objective;

/** How the global and local terms of the teacher's objective differentiate their alignments. */
public enum AlignmentGradient {
    /** Through scale and shift, as functions of the predictions at the two points that the line passes through. */
    FLOWING,
    /** Scale and shift are constants. */
    DETACHED
}
