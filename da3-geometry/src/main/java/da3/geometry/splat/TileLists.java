package da3.geometry.splat;

import da3.geometry.concurrent.Parallel;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * The Gaussians in each tile of an image, in the order of depth. To limit memory, a rectangle of tiles whose lists are
 * too long together is split in half recursively.
 */
final class TileLists {

    static final int SIDE = 16;

    private final ProjectedSplats splats;
    private final int[] order;
    private final SplatOptions options;
    private final int columns;
    private final int rows;
    private final int[] counts; // (rows, columns)

    TileLists(ProjectedSplats splats, int[] order, int width, int height, SplatOptions options) {
        this.splats = splats;
        this.order = order;
        this.options = options;
        this.columns = (width + SIDE - 1) / SIDE;
        this.rows = (height + SIDE - 1) / SIDE;
        this.counts = counts();
    }

    /** Receives the Gaussians of a tile: {@code members[from]} to {@code members[to - 1]}. */
    @FunctionalInterface
    interface TileConsumer {
        void accept(int column, int row, int[] members, int from, int to);
    }

    /** Passes every tile once, in parallel. */
    void forEach(TileConsumer consumer) {
        forEachGroup(group -> group.forEach(consumer));
    }

    /** Passes groups of tiles, one after another; together they contain every tile once. */
    void forEachGroup(Consumer<Group> consumer) {
        visit(new Rectangle(0, 0, columns, rows), consumer);
    }

    /** The lists of a rectangle of tiles; that of tile t is {@code members[starts[t]]} to {@code members[ends[t] - 1]}. */
    final class Group {

        final int[] members;
        private final Rectangle rectangle;
        private final int[] starts;
        private final int[] ends;

        private Group(Rectangle rectangle, int[] members, int[] starts, int[] ends) {
            this.rectangle = rectangle;
            this.members = members;
            this.starts = starts;
            this.ends = ends;
        }

        /** Passes every tile of this group once, in parallel. */
        void forEach(TileConsumer consumer) {
            Rectangle r = rectangle;
            IntConsumer take =
                    t -> consumer.accept(r.left + t % r.width(), r.top + t / r.width(), members, starts[t], ends[t]);
            Parallel.forEach(r.tiles(), options.threads(), take);
        }
    }

    /** A rectangle of tiles; right and bottom are exclusive. */
    private record Rectangle(int left, int top, int right, int bottom) {

        int width() {
            return right - left;
        }

        int tiles() {
            return width() * (bottom - top);
        }

        Rectangle half(boolean first) {
            if (width() >= bottom - top) {
                int middle = (left + right) >>> 1;
                return first ? new Rectangle(left, top, middle, bottom) : new Rectangle(middle, top, right, bottom);
            }
            int middle = (top + bottom) >>> 1;
            return first ? new Rectangle(left, top, right, middle) : new Rectangle(left, middle, right, bottom);
        }
    }

    private void visit(Rectangle r, Consumer<Group> consumer) {
        long pairs = 0;
        for (int row = r.top; row < r.bottom; row++) {
            for (int column = r.left; column < r.right; column++) {
                pairs += counts[row * columns + column];
            }
        }
        if (pairs > options.maxPairs() && r.tiles() > 1) {
            visit(r.half(true), consumer);
            visit(r.half(false), consumer);
        } else {
            consumer.accept(group(r, (int) pairs));
        }
    }

    private Group group(Rectangle r, int pairs) {
        int[] ends = new int[r.tiles()]; // at first the start of each list, then its end
        for (int t = 1; t < ends.length; t++) {
            int before = t - 1;
            ends[t] = ends[before] + counts[(r.top + before / r.width()) * columns + r.left + before % r.width()];
        }
        int[] starts = ends.clone();
        int[] members = new int[pairs];
        for (int i : order) {
            int[] boxes = splats.boxes;
            int left = Math.max(r.left, boxes[4 * i] / SIDE);
            int right = Math.min(r.right - 1, boxes[4 * i + 1] / SIDE);
            int bottom = Math.min(r.bottom - 1, boxes[4 * i + 3] / SIDE);
            for (int row = Math.max(r.top, boxes[4 * i + 2] / SIDE); row <= bottom; row++) {
                for (int column = left; column <= right; column++) {
                    members[ends[(row - r.top) * r.width() + column - r.left]++] = i;
                }
            }
        }
        return new Group(r, members, starts, ends);
    }

    /** Counts the Gaussians of each tile by two-dimensional prefix sums over the corners of their boxes. */
    private int[] counts() {
        int stride = columns + 1;
        int[] sums = new int[stride * (rows + 1)];
        for (int i : order) {
            int left = splats.boxes[4 * i] / SIDE;
            int right = splats.boxes[4 * i + 1] / SIDE + 1;
            int top = splats.boxes[4 * i + 2] / SIDE;
            int bottom = splats.boxes[4 * i + 3] / SIDE + 1;
            sums[top * stride + left]++;
            sums[top * stride + right]--;
            sums[bottom * stride + left]--;
            sums[bottom * stride + right]++;
        }
        int[] counted = new int[columns * rows];
        for (int row = 0; row < rows; row++) {
            int along = 0;
            for (int column = 0; column < columns; column++) {
                along += sums[row * stride + column];
                int above = row == 0 ? 0 : counted[(row - 1) * columns + column];
                counted[row * columns + column] = above + along;
            }
        }
        return counted;
    }
}
