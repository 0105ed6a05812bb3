package da3.onednn;

import java.nio.FloatBuffer;

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
        OneDnnTensor y = machine.memory().tensor(x.shape[0], rows, columns, c);
        Axis vertical = new Axis(h, rows);
        Axis horizontal = new Axis(w, columns);
        Line[] lines = new Line[machine.crew().lanes()];
        Cut cut = Cut.atMost(rows, ROWS);
        machine.crew().forEach(x.shape[0] * cut.parts(), (lane, task) -> {
            long view = task / cut.parts();
            int first = cut.from(task % cut.parts());
            if (lines[lane] == null) {
                lines[lane] = new Line(w * c, columns * c);
            }
            lines[lane].begin();
            for (int row = first; row < first + cut.length(task % cut.parts()); row++) {
                lines[lane].between(x, view * h, vertical, row);
                lines[lane].along(horizontal, c);
                lines[lane].write(y.at((view * rows + row) * columns * c));
            }
        });
        return y;
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
        private float[] above;
        private float[] below;
        private final float[] blend;
        private final float[] target;
        private long aboveRow;
        private long belowRow;

        Line(int source, int target) {
            this.above = new float[source];
            this.below = new float[source];
            this.blend = new float[source];
            this.target = new float[target];
        }

        void begin() {
            aboveRow = -1;
            belowRow = -1;
        }

        void between(OneDnnTensor x, long firstRow, Axis vertical, int row) {
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
                read(x, wantedAbove, above);
                aboveRow = wantedAbove;
            }
            if (wantedBelow != belowRow) {
                read(x, wantedBelow, below);
                belowRow = wantedBelow;
            }
            blend(above, below, vertical.share[row], blend);
        }

        private static void read(OneDnnTensor x, long row, float[] into) {
            FloatBuffer source = Address.floats(x.at(row * into.length), into.length);
            source.get(into);
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

        void write(long address) {
            Address.floats(address, target.length).put(target);
        }
    }
}
