package da3.onednn;

/** Bilinear resizing with aligned corners: each result row is interpolated between two rows, then along them. */
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
                    lines[worker] = new Line(worker, source, target);
                }
                lines[worker].begin();
                for (int row = first; row < first + tiling.length(task % tiling.count()); row++) {
                    lines[worker].interpolateRows(view * h, vertical, row);
                    lines[worker].interpolateColumns(horizontal, c);
                    lines[worker].write(view * rows + row);
                }
            });
        }
        return y;
    }

    /** The buffers of a worker: two source rows, their interpolation, and one target row. */
    private static final class Line {
        private final int worker;
        private final FloatRows from;
        private final FloatRows to;
        private float[] above;
        private float[] below;
        private final float[] blend;
        private final float[] target;
        private long aboveRow;
        private long belowRow;

        Line(int worker, FloatRows from, FloatRows to) {
            this.worker = worker;
            this.from = from;
            this.to = to;
            this.above = new float[from.length];
            this.below = new float[from.length];
            this.blend = new float[from.length];
            this.target = new float[to.length];
        }

        void begin() {
            aboveRow = -1;
            belowRow = -1;
        }

        void interpolateRows(long firstRow, ResizedAxis vertical, int row) {
            long nextAbove = firstRow + vertical.lower[row];
            long nextBelow = firstRow + vertical.upper[row];
            if (nextAbove == belowRow) {
                float[] swap = above;
                above = below;
                below = swap;
                aboveRow = belowRow;
                belowRow = -1;
            }
            if (nextAbove != aboveRow) {
                from.read(worker, nextAbove, above);
                aboveRow = nextAbove;
            }
            if (nextBelow != belowRow) {
                from.read(worker, nextBelow, below);
                belowRow = nextBelow;
            }
            blend(above, below, vertical.fraction[row], blend);
        }

        private static void blend(float[] a, float[] b, float fraction, float[] into) {
            for (int i = 0; i < into.length; i++) {
                into[i] = a[i] + fraction * (b[i] - a[i]);
            }
        }

        void interpolateColumns(ResizedAxis horizontal, int c) {
            for (int i = 0, to = 0; i < horizontal.fraction.length; i++, to += c) {
                pixel(blend, horizontal.lower[i] * c, horizontal.upper[i] * c, horizontal.fraction[i], target, to, c);
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
