package da3.onednn;

/** Bilinear resizing with aligned corners, image row by image row: first between two rows, then along them. */
final class Resize {

    /** Rows of a task. */
    private static final int ROWS = 16;

    private final ExecutionContext context;

    Resize(ExecutionContext context) {
        this.context = context;
    }

    /** (views, h, w, c) -> (views, rows, columns, c). */
    OneDnnTensor apply(OneDnnTensor x, int rows, int columns) {
        int h = x.shape[1];
        int w = x.shape[2];
        int c = x.shape[3];
        OneDnnTensor y = context.memory().tensor(context.precision(), x.shape[0], rows, columns, c);
        ResizedAxis vertical = new ResizedAxis(h, rows);
        ResizedAxis horizontal = new ResizedAxis(w, columns);
        Line[] lines = new Line[context.threads().workers()];
        Tiling tiling = Tiling.atMost(rows, ROWS);
        try (var scope = context.memory().scope()) {
            FloatRows source = new FloatRows(context, x, w * c);
            FloatRows target = new FloatRows(context, y, columns * c);
            context.threads().forEach(x.shape[0] * tiling.parts(), (worker, task) -> {
                long view = task / tiling.parts();
                int first = tiling.from(task % tiling.parts());
                if (lines[worker] == null) {
                    lines[worker] = new Line(worker, source, target);
                }
                lines[worker].begin();
                for (int row = first; row < first + tiling.length(task % tiling.parts()); row++) {
                    lines[worker].between(view * h, vertical, row);
                    lines[worker].along(horizontal, c);
                    lines[worker].write(view * rows + row);
                }
            });
        }
        return y;
    }

    /** A worker's rows: two of the source, what lies between them, and one of the target. */
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

        void between(long firstRow, ResizedAxis vertical, int row) {
            long wantedAbove = firstRow + vertical.before[row];
            long wantedBelow = firstRow + vertical.after[row];
            if (wantedAbove == belowRow) {
                float[] swap = above;
                above = below;
                below = swap;
                aboveRow = belowRow;
                belowRow = -1;
            }
            if (wantedAbove != aboveRow) {
                from.read(worker, wantedAbove, above);
                aboveRow = wantedAbove;
            }
            if (wantedBelow != belowRow) {
                from.read(worker, wantedBelow, below);
                belowRow = wantedBelow;
            }
            blend(above, below, vertical.share[row], blend);
        }

        private static void blend(float[] a, float[] b, float share, float[] into) {
            for (int i = 0; i < into.length; i++) {
                into[i] = a[i] + share * (b[i] - a[i]);
            }
        }

        void along(ResizedAxis horizontal, int c) {
            for (int i = 0, to = 0; i < horizontal.share.length; i++, to += c) {
                pixel(blend, horizontal.before[i] * c, horizontal.after[i] * c, horizontal.share[i], target, to, c);
            }
        }

        private static void pixel(float[] x, int a, int b, float share, float[] into, int to, int c) {
            for (int i = 0; i < c; i++) {
                into[to + i] = x[a + i] + share * (x[b + i] - x[a + i]);
            }
        }

        void write(long row) {
            to.write(worker, row, target);
        }
    }
}
