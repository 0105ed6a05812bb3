package da3.streaming;

/**
 * A comparison of the scales of two consecutive windows of a rig. Each has its scale from the rig alone, so depth in the
 * instants that both saw must agree.
 *
 * @param window number of the later window
 * @param ratio depth of the earlier window by that of the later one at the same pixels, 1 if the scales agree
 */
public record RigScale(int window, double ratio) {

    /** Maximum deviation of the ratio from 1 that needs no attention. */
    public static final double MAX_DEVIATION = 0.05;

    /** Returns whether the scales disagree by more than {@link #MAX_DEVIATION}, so that at least one is wrong. */
    public boolean deviates() {
        return !(Math.max(ratio, 1 / ratio) <= 1 + MAX_DEVIATION);
    }
}
