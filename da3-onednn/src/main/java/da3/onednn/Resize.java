package da3.onednn;

/**
 * Bilinear resizing with aligned corners. Rows of the source are resized first, which is less work if the result has
 * more rows; each row of the result is then interpolated between two of them.
 */
final class Resize {

    private static final int MAX_TILE_ROWS = 16;

    private final ExecutionContext context;

    Resize(ExecutionContext context) {
        this.context = context;
    }

    /** (views, h, w, c) -> (views, rows, columns, c). */
    OneDnnTensor apply(OneDnnTensor x, int rows, int columns) {
        if (x.shape[1] == rows && x.shape[2] == columns) {
            return context.memory().alias(x, x.shape);
        }
        int h = x.shape[1];
        int w = x.shape[2];
        int c = x.shape[3];
        OneDnnTensor y = context.memory().tensor(context.precision(), x.shape[0], rows, columns, c);
        ResizedAxis vertical = new ResizedAxis(h, rows);
        ResizedAxis horizontal = new ResizedAxis(w, columns);
        Line[] lines = new Line[context.threads().workers()];
        Tiling tiling = Tiling.of(rows, MAX_TILE_ROWS);
        try (var scope = context.memory().scope()) {
            FloatRows source = new FloatRows(context, x, w * c);
            FloatRows target = new FloatRows(context, y, columns * c);
            context.threads().forEach(x.shape[0] * tiling.count(), (worker, task) -> {
                long view = task / tiling.count();
                int first = tiling.start(task % tiling.count());
                if (lines[worker] == null) {
                    lines[worker] = new Line(worker, source, target, vertical, horizontal);
                }
                lines[worker].begin();
                for (int row = first; row < first + tiling.length(task % tiling.count()); row++) {
                    lines[worker].interpolate(view * h, row);
                    lines[worker].write(view * rows + row);
                }
            });
        }
        return y;
    }

    /** The buffers of a worker: a source row, two resized source rows, and the row of the result between them. */
    private static final class Line {
        private final int worker;
        private final FloatRows from;
        private final FloatRows to;
        private final ResizedAxis vertical;
        private final ResizedAxis horizontal;
        private final float[] source;
        private final float[] target;
        private float[] above;
        private float[] below;
        private long aboveRow;
        private long belowRow;

        Line(int worker, FloatRows from, FloatRows to, ResizedAxis vertical, ResizedAxis horizontal) {
            this.worker = worker;
            this.from = from;
            this.to = to;
            this.vertical = vertical;
            this.horizontal = horizontal;
            this.source = new float[from.length];
            this.target = new float[to.length];
            this.above = new float[to.length];
            this.below = new float[to.length];
        }

        void begin() {
            aboveRow = -1;
            belowRow = -1;
        }

        /** @param firstRow first row of the view in the source */
        void interpolate(long firstRow, int row) {
            long nextAbove = firstRow + vertical.lower[row];
            long nextBelow = firstRow + vertical.upper[row];
            if (nextAbove != aboveRow && nextAbove == belowRow) {
                float[] swap = above;
                above = below;
                below = swap;
                aboveRow = belowRow;
                belowRow = -1;
            }
            if (nextAbove != aboveRow) {
                resize(nextAbove, above);
                aboveRow = nextAbove;
            }
            if (nextBelow != belowRow) {
                resize(nextBelow, below);
                belowRow = nextBelow;
            }
            blend(above, below, vertical.fraction[row], target);
        }

        private void resize(long row, float[] into) {
            from.read(worker, row, source);
            int c = into.length / horizontal.fraction.length;
            for (int i = 0, to = 0; i < horizontal.fraction.length; i++, to += c) {
                pixel(source, horizontal.lower[i] * c, horizontal.upper[i] * c, horizontal.fraction[i], into, to, c);
            }
        }

        private static void blend(float[] a, float[] b, float fraction, float[] into) {
            for (int i = 0; i < into.length; i++) {
                into[i] = a[i] + fraction * (b[i] - a[i]);
            }
        }

        private static void pixel(float[] x, int a, int b, float fraction, float[] into, int to, int c) {
            for (int i = 0; i < c; i++) {
                into[to + i] = x[a + i] + fraction * (x[b + i] - x[a + i]);
            }
        }

        void write(long row) {
            to.write(worker, row, target);
        }
    }
}
