package da3.onednn;

/** Bilinear resizing with aligned corners, image row by image row: first between two rows, then along them. */
final class Resize {

    /** Rows of a task. */
    private static final int ROWS = 16;

    private final Machine machine;

    Resize(Machine machine) {
        this.machine = machine;
    }

    /** (views, h, w, c) -> (views, rows, columns, c). */
    OneDnnTensor apply(OneDnnTensor x, int rows, int columns) {
        int h = x.shape[1];
        int w = x.shape[2];
        int c = x.shape[3];
        OneDnnTensor y = machine.memory().tensor(machine.precision(), x.shape[0], rows, columns, c);
        ResizedAxis vertical = new ResizedAxis(h, rows);
        ResizedAxis horizontal = new ResizedAxis(w, columns);
        Line[] lines = new Line[machine.crew().lanes()];
        Cut cut = Cut.atMost(rows, ROWS);
        try (var scope = machine.memory().scope()) {
            FloatRows source = new FloatRows(machine, x, w * c);
            FloatRows target = new FloatRows(machine, y, columns * c);
            machine.crew().forEach(x.shape[0] * cut.parts(), (lane, task) -> {
                long view = task / cut.parts();
                int first = cut.from(task % cut.parts());
                if (lines[lane] == null) {
                    lines[lane] = new Line(lane, source, target);
                }
                lines[lane].begin();
                for (int row = first; row < first + cut.length(task % cut.parts()); row++) {
                    lines[lane].between(view * h, vertical, row);
                    lines[lane].along(horizontal, c);
                    lines[lane].write(view * rows + row);
                }
            });
        }
        return y;
    }

    /** A lane's rows: two of the source, what lies between them, and one of the target. */
    private static final class Line {
        private final int lane;
        private final FloatRows from;
        private final FloatRows to;
        private float[] above;
        private float[] below;
        private final float[] blend;
        private final float[] target;
        private long aboveRow;
        private long belowRow;

        Line(int lane, FloatRows from, FloatRows to) {
            this.lane = lane;
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
                from.read(lane, wantedAbove, above);
                aboveRow = wantedAbove;
            }
            if (wantedBelow != belowRow) {
                from.read(lane, wantedBelow, below);
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
            to.write(lane, row, target);
        }
    }
}
