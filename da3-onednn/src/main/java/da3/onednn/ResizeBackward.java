package da3.onednn;

import java.util.Arrays;

/**
 * The adjoint of {@link Resize}, source row by source row: what target rows give back to it is gathered, and then spread
 * along the row.
 */
final class ResizeBackward {

    /** Rows of a task. */
    private static final int ROWS = 8;

    private final Machine machine;

    ResizeBackward(Machine machine) {
        this.machine = machine;
    }

    /** (views, h, w, c) -> (views, rows, columns, c), the size that was resized from. */
    OneDnnTensor apply(OneDnnTensor dy, int rows, int columns) {
        int h = dy.shape[1];
        int w = dy.shape[2];
        int c = dy.shape[3];
        OneDnnTensor dx = machine.memory().tensor(machine.precision(), dy.shape[0], rows, columns, c);
        ResizedAxis vertical = new ResizedAxis(rows, h);
        ResizedAxis horizontal = new ResizedAxis(columns, w);
        Line[] lines = new Line[machine.crew().lanes()];
        Cut cut = Cut.atMost(rows, ROWS);
        try (var scope = machine.memory().scope()) {
            FloatRows source = new FloatRows(machine, dy, w * c);
            FloatRows target = new FloatRows(machine, dx, columns * c);
            machine.crew().forEach(dy.shape[0] * cut.parts(), (lane, task) -> {
                long view = task / cut.parts();
                int first = cut.from(task % cut.parts());
                if (lines[lane] == null) {
                    lines[lane] = new Line(lane, source, target);
                }
                for (int row = first; row < first + cut.length(task % cut.parts()); row++) {
                    lines[lane].gather(view * h, vertical, row);
                    lines[lane].spread(horizontal, c);
                    lines[lane].write(view * rows + row);
                }
            });
        }
        return dx;
    }

    /** A lane's rows: one of the gradient, the sum of several, and one of the result. */
    private static final class Line {
        private final int lane;
        private final FloatRows from;
        private final FloatRows to;
        private final float[] row;
        private final float[] sum;
        private final float[] target;

        Line(int lane, FloatRows from, FloatRows to) {
            this.lane = lane;
            this.from = from;
            this.to = to;
            this.row = new float[from.length];
            this.sum = new float[from.length];
            this.target = new float[to.length];
        }

        /** Sums the rows that row {@code wanted} was read for, each by its share. */
        void gather(long firstRow, ResizedAxis vertical, int wanted) {
            Arrays.fill(sum, 0);
            for (int i = vertical.firstFrom(wanted); i < vertical.share.length && vertical.before[i] <= wanted; i++) {
                float share = vertical.shareOf(i, wanted);
                if (share != 0) {
                    from.read(lane, firstRow + i, row);
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
            to.write(lane, row, target);
        }
    }
}
