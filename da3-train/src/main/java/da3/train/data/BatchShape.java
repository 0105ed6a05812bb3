package da3.train.data;

/**
 * The size of one step.
 *
 * @param scenes number of scenes over all workers
 * @param views number of views of each scene
 * @param rows height of an image in pixels
 * @param columns width of an image in pixels
 */
public record BatchShape(int scenes, int views, int rows, int columns) {

    /** Side of a patch in pixels, which divides the sides of every image. */
    public static final int PATCH = 14;

    /** Returns the number of patches of all images. */
    public long tokens() {
        return (long) scenes * views * (rows / PATCH) * (columns / PATCH);
    }
}
