package da3.streaming.window;

/** The transformation that aligns a window to the previous one. */
public enum AlignmentModel {
    /** Similarity with a free scale, for models without a unit of length. */
    SIM3,
    /** Rigid motion, for depth in meters. */
    SE3
}
