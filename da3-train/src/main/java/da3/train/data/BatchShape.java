package da3.train.data;

/**
 * The size of one step.
 *
 * @param scenes over all workers
 * @param views of each scene
 * @param rows of an image in pixels
 * @param columns of an image in pixels
 */
public record BatchShape(int scenes, int views, int rows, int columns) {

    /** Side of a patch in pixels, which divides the sides of every image. */
    public static final int PATCH = 14;

    /** Returns the patches of all images together. */
    public long tokens() {
        return (long) scenes * views * (rows / PATCH) * (columns / PATCH);
    }
}
