package da3.train.data;

/**
 * Strengths of random variations of scenes; 0 disables a variation.
 *
 * @param minCrop minimum side of a random window relative to the largest that fits, 0.3 to 1; 1 always uses the largest
 *     window
 * @param shift maximum distance of the window center from the image center, as a fraction of the available space; 0
 *     keeps the principal point centered, as pose encodings assume
 * @param flip probability of a mirrored scene
 * @param brightness largest change of the factor on colors, the same for all views of a scene
 * @param contrast largest change of the factor on the distance from the mean
 * @param gamma largest change of the logarithm of the exponent
 * @param saturation largest change of the factor on the distance from gray
 * @param hue largest rotation of the hue, as a fraction of a full turn
 * @param perView fraction of these strengths by which each view varies additionally, 0 to 1
 * @param noise largest standard deviation of pixel noise, for colors from 0 to 1
 * @param grayscale probability of a scene without color
 */
public record Augmentation(
        double minCrop,
        double shift,
        double flip,
        double brightness,
        double contrast,
        double gamma,
        double saturation,
        double hue,
        double perView,
        double noise,
        double grayscale) {

    /** No variation: the largest centered window and unchanged colors. */
    public static final Augmentation NONE = new Augmentation(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    public static Augmentation defaults() {
        return new Augmentation(0.7, 0, 0.5, 0.3, 0.3, 0.2, 0.3, 0.05, 0.3, 0.02, 0.05);
    }

    boolean changesColors() {
        return brightness > 0 || contrast > 0 || gamma > 0 || saturation > 0 || hue > 0 || noise > 0 || grayscale > 0;
    }
}
