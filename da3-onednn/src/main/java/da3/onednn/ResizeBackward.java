package da3.onednn;

import java.util.Arrays;

/**
 * The adjoint of {@link Resize}, source row by source row: what target rows give back to it is gathered, and then spread
 * along the row.
 */
final class ResizeBackward {

    /** Rows of a task. */
    private static final int ROWS = 8;

    private final ExecutionContext context;

    ResizeBackward(ExecutionContext context) {
        this.context = context;
    }

    /** (views, h, w, c) -> (views, rows, columns, c), the size that was resized from. */
    OneDnnTensor apply(OneDnnTensor dy, int rows, int columns) {
        int h = dy.shape[1];
        int w = dy.shape[2];
        int c = dy.shape[3];
        OneDnnTensor dx = context.memory().tensor(context.precision(), dy.shape[0], rows, columns, c);
        ResizedAxis vertical = new ResizedAxis(rows, h);
        ResizedAxis horizontal = new ResizedAxis(columns, w);
        Line[] lines = new Line[context.threads().workers()];
        Tiling tiling = Tiling.atMost(rows, ROWS);
        try (var scope = context.memory().scope()) {
            FloatRows source = new FloatRows(context, dy, w * c);
            FloatRows target = new FloatRows(context, dx, columns * c);
            context.threads().forEach(dy.shape[0] * tiling.parts(), (worker, task) -> {
                long view = task / tiling.parts();
                int first = tiling.from(task % tiling.parts());
                if (lines[worker] == null) {
                    lines[worker] = new Line(worker, source, target);
                }
                for (int row = first; row < first + tiling.length(task % tiling.parts()); row++) {
                    lines[worker].gather(view * h, vertical, row);
                    lines[worker].spread(horizontal, c);
                    lines[worker].write(view * rows + row);
                }
            });
        }
        return dx;
    }

    /** A worker's rows: one of the gradient, the sum of several, and one of the result. */
    private static final class Line {
        private final int worker;
        private final FloatRows from;
        private final FloatRows to;
        private final float[] row;
        private final float[] sum;
        private final float[] target;

        Line(int worker, FloatRows from, FloatRows to) {
            this.worker = worker;
            this.from = from;
            this.to = to;
            this.row = new float[from.length];
            this.sum = new float[from.length];
            this.target = new float[to.length];
        }

        /** Reductions the rows that row {@code wanted} was read for, each by its share. */
        void gather(long firstRow, ResizedAxis vertical, int wanted) {
            Arrays.fill(sum, 0);
            for (int i = vertical.firstFrom(wanted); i < vertical.share.length && vertical.before[i] <= wanted; i++) {
                float share = vertical.shareOf(i, wanted);
                if (share != 0) {
                    from.read(worker, firstRow + i, row);
                    add(row, 0, share, sum, 0, sum.length);
                }
            }
        }

        void spread(ResizedAxis horizontal, int c) {
            Arrays.fill(target, 0);
            for (int i = 0; i < horizontal.share.length; i++) {
                add(sum, i * c, 1 - horizontal.share[i], target, horizontal.before[i] * c, c);
                add(sum, i * c, horizontal.share[i], target, horizontal.after[i] * c, c);
            }
        }

        private static void add(float[] x, int from, float share, float[] into, int to, int n) {
            for (int i = 0; i < n; i++) {
                into[to + i] += share * x[from + i];
            }
        }

        void write(long row) {
            to.write(worker, row, target);
        }
    }
}
