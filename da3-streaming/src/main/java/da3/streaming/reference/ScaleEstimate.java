package da3.streaming.reference;

/**
 * An estimated ratio of depths.
 *
 * @param scale factor from source to target depths
 * @param quality from 0 to 1; its meaning depends on the method
 */
public record ScaleEstimate(double scale, double quality) {

    private static final double MIN = 0.1;
    private static final double MAX = 10;

    /** Returns this estimate with scale 1 where the scale is not between 0.1 and 10. */
    ScaleEstimate plausible() {
        return scale > MIN && scale < MAX ? this : new ScaleEstimate(1, quality);
    }
}
