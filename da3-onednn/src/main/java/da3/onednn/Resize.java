package da3.onednn;

import da3.nn.Precision;

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
        Axis vertical = new Axis(h, rows);
        Axis horizontal = new Axis(w, columns);
        Line[] lines = new Line[machine.crew().lanes()];
        Cut cut = Cut.atMost(rows, ROWS);
        try (var scope = machine.memory().scope()) {
            Rows source = new Rows(x, w * c);
            Rows target = new Rows(y, columns * c);
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

    /** A tensor's rows as Java's floats, by way of scratch where they are none. */
    private final class Rows {
        final int length;
        private final OneDnnTensor of;
        private final OneDnnTensor scratch; // null for float32, as are the next
        private final Kernel widen;
        private final Kernel round;

        Rows(OneDnnTensor of, int length) {
            boolean direct = of.precision == Precision.FLOAT32;
            Kernels kernels = machine.kernels();
            this.length = length;
            this.of = of;
            this.scratch = direct ? null : machine.scratch(length);
            this.widen = direct ? null : kernels.reorder(of.dense(length), Layout.dense(length));
            this.round = direct ? null : kernels.reorder(Layout.dense(length), of.dense(length));
        }

        void read(int lane, long row, float[] into) {
            long from = of.at(row * length);
            if (widen != null) {
                widen.run(lane, from, Machine.own(scratch, lane));
                from = Machine.own(scratch, lane);
            }
            Address.floats(from, length).get(into);
        }

        void write(int lane, long row, float[] values) {
            long to = of.at(row * length);
            if (round == null) {
                Address.floats(to, length).put(values);
            } else {
                Address.floats(Machine.own(scratch, lane), length).put(values);
                round.run(lane, Machine.own(scratch, lane), to);
            }
        }
    }

    /** For every target position the source position before it, and how far it is from there to the next. */
    private static final class Axis {
        final int[] before;
        final int[] after;
        final float[] share;

        Axis(int source, int target) {
            this.before = new int[target];
            this.after = new int[target];
            this.share = new float[target];
            for (int i = 0; i < target; i++) {
                double position = target == 1 ? 0 : (double) i * (source - 1) / (target - 1);
                before[i] = Math.min((int) position, source - 1);
                after[i] = Math.min(before[i] + 1, source - 1);
                share[i] = (float) (position - before[i]);
            }
        }
    }

    /** A lane's rows: two of the source, what lies between them, and one of the target. */
    private static final class Line {
        private final int lane;
        private final Rows from;
        private final Rows to;
        private float[] above;
        private float[] below;
        private final float[] blend;
        private final float[] target;
        private long aboveRow;
        private long belowRow;

        Line(int lane, Rows from, Rows to) {
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

        void between(long firstRow, Axis vertical, int row) {
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

        void along(Axis horizontal, int c) {
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
