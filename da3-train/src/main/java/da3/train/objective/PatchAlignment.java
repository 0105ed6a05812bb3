package da3.train.objective;

/**
 * The alignment of one patch of the local terms.
 *
 * @param points number of valid pixels that are near the anchor in space
 * @param used whether the patch has a loss: it has enough points, and its scale is within a factor of 10 of the scale of
 *     its image
 * @param scale factor from predicted to true depth; 0 with too few points
 * @param shift offset from predicted to true depth; 0 with too few points
 */
public record PatchAlignment(int points, boolean used, double scale, double shift) {}
