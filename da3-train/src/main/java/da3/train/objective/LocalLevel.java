package da3.train.objective;

import da3.geometry.check.Check;

/**
 * One level of the local terms of the teacher's objective. A patch has the diagonal of the image divided by
 * {@code level} as its side, and keeps the points that are within a sphere of the same extent around its anchor.
 *
 * @param level ratio of the diagonal of the image to the side of a patch
 * @param patches number of patches in each image
 * @param grid maximum number of rows and of columns of a patch that its alignment uses
 */
public record LocalLevel(int level, int patches, int grid) {

    /** @throws IllegalArgumentException if a value is not positive */
    public LocalLevel {
        Check.positive("level", level);
        Check.positive("number of patches", patches);
        Check.positive("alignment grid", grid);
    }

    /** Returns the number of pixels from an anchor to each side of its patch. */
    int halfWidth(int rows, int columns) {
        return (int) Math.ceil(0.5 / level * Math.sqrt((double) rows * rows + (double) columns * columns));
    }
}
