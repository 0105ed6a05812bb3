package da3.onednn;

import da3.geometry.check.Check;
import da3.nn.Activation;
import da3.nn.Precision;
import java.util.ArrayList;
import java.util.List;

/** Linear maps, with bias, scale, residual and activation fused into the matrix product. */
final class FusedLinear {

    /** With fewer rows, reading the weights takes longer than multiplying by them. */
    private static final int MIN_TILE_ROWS = 32;

    /** Minimum where there is work for every worker: every tile reads all weights from a slower cache. */
    private static final int MIN_PREFERRED_TILE_ROWS = 512;

    private static final int MAX_TILE_ROWS = 4096;

    private static final int MIN_TILE_COLUMNS = 48;

    private static final long MAX_TILE_MULTIPLICATIONS = 1L << 26;

    private final ExecutionContext context;
    private final QuantizedLinear quantized;

    FusedLinear(ExecutionContext context) {
        this.context = context;
        this.quantized = new QuantizedLinear(context);
    }

    /**
     * Computes activation(residual + gamma * (x W^T + b)).
     *
     * @param bias may be null, like gamma and residual
     */
    OneDnnTensor linear(
            OneDnnTensor x,
            OneDnnParameter weight,
            OneDnnParameter bias,
            OneDnnParameter gamma,
            OneDnnTensor residual,
            Activation activation) {
        int out = weight.shape()[0];
        int in = weight.values() / out;
        if (x.channels() != in) {
            throw Check.invalid("input of " + weight.name(), in + " channels", x);
        }
        int[] shape = x.shape.clone();
        shape[shape.length - 1] = out;
        // residual sums run through many blocks, and the linear map of a feature map may be the last of a network
        boolean intermediate = shape.length == 3 && residual == null;
        OneDnnTensor y = context.memory().tensor(intermediate ? context.precision() : Precision.FLOAT32, shape);
        if (context.isQuantized() && QuantizedLinear.accepts(shape, weight)) {
            quantized.multiply(x, weight, bias, gamma, residual, activation, y);
        } else {
            OneDnnParameter.Factor factor = weight.matrix(context, context.resultPrecision(shape));
            try (var scope = context.memory().scope()) {
                context.threads().run(List.of(prepare(x, factor, bias, gamma, residual, activation, y)));
            }
        }
        return y;
    }

    /** Prepares y = activation(residual + gamma * (x w + bias)), with memory in the innermost scope. */
    Work prepare(
            OneDnnTensor x,
            OneDnnParameter.Factor w,
            OneDnnParameter bias,
            OneDnnParameter gamma,
            OneDnnTensor residual,
            Activation activation,
            OneDnnTensor y) {
        int in = x.channels();
        int out = y.channels();
        long b = bias == null ? 0 : bias.address();
        long g = gamma == null ? 0 : gamma.address();
        // feature maps are processed per view, so that a result does not depend on the number of views
        int groups = x.shape.length == 4 ? x.shape[0] : 1;
        int rows = x.rows() / groups;
        Tiles tiles = tiles(w, rows, in, out);
        OneDnnTensor factor = context.cast(w.precision(), x);
        Kernel[] products = new Kernel[tiles.count()];
        for (int tile = 0; tile < products.length; tile++) {
            int n = tiles.rows.length(tiles.row(tile));
            int columns = tiles.columns.length(tiles.column(tile));
            products[tile] = context.kernels()
                    .matmul(
                            factor.dense(n, in),
                            w.layout().columns(columns),
                            b == 0 ? null : Layout.dense(1, columns),
                            y.dense(n, out).columns(columns),
                            postOps(
                                    columns,
                                    g != 0,
                                    residual == null
                                            ? null
                                            : residual.dense(n, out).columns(columns),
                                    activation));
        }
        return Work.of(groups * tiles.count(), (worker, task) -> {
            int tile = task % tiles.count();
            long row = (long) task / tiles.count() * rows + tiles.rows.start(tiles.row(tile));
            int column = tiles.columns.start(tiles.column(tile));
            long target = row * out + column;
            products[tile].run(
                    worker,
                    factor.at(row * in),
                    w.column(column),
                    b == 0 ? 0 : b + 4L * column,
                    y.at(target),
                    g == 0 ? 0 : g + 4L * column,
                    residual == null ? 0 : residual.at(target));
        });
    }

    /** The tiles of a product. */
    private record Tiles(Tiling rows, Tiling columns) {
        int count() {
            return rows.count() * columns.count();
        }

        int row(int tile) {
            return tile / columns.count();
        }

        int column(int tile) {
            return tile % columns.count();
        }
    }

    /**
     * Returns tiles that keep every worker busy. A product packs the part of an unpacked factor that it needs, so each
     * column of such a factor belongs to one tile where there are enough columns.
     */
    private Tiles tiles(OneDnnParameter.Factor w, int rows, int in, int out) {
        int workers = context.threads().workers();
        if (w.isPacked()) {
            return new Tiles(tiling(workers, rows, in, out), Tiling.whole(out));
        }
        return out >= 2 * workers * MIN_TILE_COLUMNS
                ? new Tiles(Tiling.whole(rows), Tiling.fine(out, MIN_TILE_COLUMNS, workers))
                : new Tiles(Tiling.balanced(rows, MAX_TILE_ROWS, MIN_TILE_ROWS, workers), Tiling.whole(out));
    }

    /** Returns tiles of the rows of a product (rows, in) times (in, out) that keep every worker busy. */
    static Tiling tiling(int workers, int rows, int in, int out) {
        long most = Math.min(MAX_TILE_ROWS, MAX_TILE_MULTIPLICATIONS / ((long) in * out));
        int fairShare = (rows + 2 * workers - 1) / (2 * workers);
        long preferred = Math.max(Math.min(MIN_PREFERRED_TILE_ROWS, fairShare), most);
        return Tiling.balanced(rows, preferred, MIN_TILE_ROWS, workers);
    }

    /** @param residual layout of the residual, or null */
    private static PostOp[] postOps(int columns, boolean scaled, Layout residual, Activation activation) {
        List<PostOp> postOps = new ArrayList<>();
        if (scaled) {
            postOps.add(PostOp.times(Layout.dense(1, columns)));
        }
        postOps.addAll(List.of(PostOp.finishing(residual, activation)));
        return postOps.toArray(PostOp[]::new);
    }
}
