package da3.onednn;

import java.util.Arrays;

/**
 * The adjoint of {@link Resize}: for each row of dx, the contributing rows of dy are summed by their weights and then
 * distributed along the row.
 */
final class ResizeBackward {

    private static final int MAX_TILE_ROWS = 8;

    private final ExecutionContext context;

    ResizeBackward(ExecutionContext context) {
        this.context = context;
    }

    /** (views, h, w, c) -> (views, rows, columns, c), the original size. */
    OneDnnTensor apply(OneDnnTensor dy, int rows, int columns) {
        if (dy.shape[1] == rows && dy.shape[2] == columns) {
            return context.memory().alias(dy, dy.shape);
        }
        int h = dy.shape[1];
        int w = dy.shape[2];
        int c = dy.shape[3];
        OneDnnTensor dx = context.memory().tensor(context.precision(), dy.shape[0], rows, columns, c);
        ResizedAxis vertical = new ResizedAxis(rows, h);
        ResizedAxis horizontal = new ResizedAxis(columns, w);
        Line[] lines = new Line[context.threads().workers()];
        Tiling tiling = Tiling.of(rows, MAX_TILE_ROWS);
        try (var scope = context.memory().scope()) {
            FloatRows source = new FloatRows(context, dy, w * c);
            FloatRows target = new FloatRows(context, dx, columns * c);
            context.threads().forEach(dy.shape[0] * tiling.count(), (worker, task) -> {
                long view = task / tiling.count();
                int first = tiling.start(task % tiling.count());
                if (lines[worker] == null) {
                    lines[worker] = new Line(worker, source, target);
                }
                for (int row = first; row < first + tiling.length(task % tiling.count()); row++) {
                    lines[worker].gather(view * h, vertical, row);
                    lines[worker].spread(horizontal, c);
                    lines[worker].write(view * rows + row);
                }
            });
        }
        return dx;
    }

    /** The buffers of a worker: one row of dy, a weighted sum of rows, and one row of dx. */
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

        /** Sums the rows of dy that a row of dx contributed to, by their weights. */
        void gather(long firstRow, ResizedAxis vertical, int targetRow) {
            Arrays.fill(sum, 0);
            for (int i = vertical.firstTarget(targetRow);
                    i < vertical.fraction.length && vertical.lower[i] <= targetRow;
                    i++) {
                float weight = vertical.weight(i, targetRow);
                if (weight != 0) {
                    from.read(worker, firstRow + i, row);
                    add(row, 0, weight, sum, 0, sum.length);
                }
            }
        }

        void spread(ResizedAxis horizontal, int c) {
            Arrays.fill(target, 0);
            for (int i = 0; i < horizontal.fraction.length; i++) {
                add(sum, i * c, 1 - horizontal.fraction[i], target, horizontal.lower[i] * c, c);
                add(sum, i * c, horizontal.fraction[i], target, horizontal.upper[i] * c, c);
            }
        }

        private static void add(float[] x, int from, float weight, float[] into, int to, int n) {
            for (int i = 0; i < n; i++) {
                into[to + i] += weight * x[from + i];
            }
        }

        void write(long row) {
            to.write(worker, row, target);
        }
    }
}
