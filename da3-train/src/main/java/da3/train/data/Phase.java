package da3.train.data;

import java.util.List;
import java.util.SplittableRandom;

/**
 * A part of a run with one choice of sizes and view counts.
 *
 * @param steps number of steps
 * @param sizes that images take, one drawn for each step; at least one
 * @param minViews minimum number of views of a scene
 * @param maxViews maximum number of views of a scene
 * @param scenesPerStep scenes at the first size with the fewest views; other sizes and counts take fewer or more
 *     scenes, so that the tokens of a step stay about constant
 */
public record Phase(long steps, List<Size> sizes, int minViews, int maxViews, int scenesPerStep) {

    /**
     * Sides of an image in pixels, multiples of the patch.
     *
     * @param maxViews maximum number of views at this size, if it is below that of the phase; large images then have
     *     few views, and small ones many
     */
    public record Size(int rows, int columns, int maxViews) {

        /** Creates a size without a limit of its own. */
        public Size(int rows, int columns) {
            this(rows, columns, Integer.MAX_VALUE);
        }

        public Size {
            if (rows < 1 || columns < 1 || rows % BatchShape.PATCH != 0 || columns % BatchShape.PATCH != 0) {
                throw new IllegalArgumentException("a size must have sides that are multiples of " + BatchShape.PATCH
                        + " pixels, got " + rows + "x" + columns);
            }
        }
    }

    public Phase {
        sizes = List.copyOf(sizes);
    }

    /** Returns the same phase with another number of steps. */
    public Phase withSteps(long changed) {
        return new Phase(changed, sizes, minViews, maxViews, scenesPerStep);
    }

    /** Returns the maximum number of views that a step can draw. */
    public int drawnViews() {
        int largest = sizes.stream().mapToInt(Size::maxViews).max().orElse(maxViews);
        return Math.min(maxViews, largest);
    }

    /**
     * Draws the shape of a step.
     *
     * @param multiple the number of scenes is a multiple of this, and at least this
     */
    public BatchShape shape(SplittableRandom random, int multiple) {
        Size size = sizes.get(random.nextInt(sizes.size()));
        int views = minViews + random.nextInt(Math.min(maxViews, size.maxViews) - minViews + 1);
        BatchShape base =
                new BatchShape(1, minViews, sizes.get(0).rows(), sizes.get(0).columns());
        BatchShape drawn = new BatchShape(1, views, size.rows(), size.columns());
        double scenes = (double) scenesPerStep * base.tokens() / drawn.tokens();
        int groups = Math.max(1, (int) Math.round(scenes / multiple));
        return new BatchShape(groups * multiple, views, size.rows(), size.columns());
    }
}
