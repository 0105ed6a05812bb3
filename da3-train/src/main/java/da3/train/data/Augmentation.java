package da3.train.data;

/**
 * How much scenes are varied. Every strength of 0 switches its variation off.
 *
 * @param minCrop least side of a random window relative to the largest that fits, 0.3 to 1; 1 takes the largest window
 *     always
 * @param shift how far the window's middle may leave the image's, as a share of the room that there is; 0 keeps the
 *     principal point in the middle, where pose encodings take it to be
 * @param flip probability of a mirrored scene
 * @param brightness largest change of the factor on colors, the same for all views of a scene
 * @param contrast largest change of the factor on the distance from the mean
 * @param gamma largest change of the logarithm of the exponent
 * @param saturation largest change of the factor on the distance from gray
 * @param hue largest turn of the hue, as a fraction of a full turn
 * @param perView share of these strengths that each view varies by itself on top, 0 to 1
 * @param noise largest standard deviation of the noise of pixels, colors from 0 to 1
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

    /** No variation: the largest window in the middle, colors as they are. */
    public static final Augmentation NONE = new Augmentation(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    public static Augmentation defaults() {
        return new Augmentation(0.7, 0, 0.5, 0.3, 0.3, 0.2, 0.3, 0.05, 0.3, 0.02, 0.05);
    }

    boolean changesColors() {
        return brightness > 0 || contrast > 0 || gamma > 0 || saturation > 0 || hue > 0 || noise > 0 || grayscale > 0;
    }
}
