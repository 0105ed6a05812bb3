package da3.onednn;

import da3.nn.autograd.DifferentiableEngine.Update;
import da3.nn.autograd.SumOfSquares;
import java.nio.FloatBuffer;

/** Loops of Java over values that stay in native memory: each worker copies a piece at a time to arrays of its own. */
final class InPlaceUpdates {

    /** Values of a piece: two arrays of them and two of an optimizer's stay in a core's cache. */
    private static final int PIECE = 1 << 13;

    private final ExecutionContext context;
    private final float[][] values;
    private final float[][] gradients;

    InPlaceUpdates(ExecutionContext context) {
        this.context = context;
        this.values = new float[context.threads().workers()][PIECE];
        this.gradients = new float[context.threads().workers()][PIECE];
    }

    /** Changes a parameter's values by its gradient. */
    void apply(OneDnnParameter parameter, OneDnnTensor gradient, Update update) {
        parameter.requireValues(gradient.values());
        Tiling tiling = Tiling.atMost(gradient.values(), PIECE);
        FloatBuffer to = NativeAddress.floats(parameter.changing(), gradient.values());
        FloatBuffer from = NativeAddress.floats(gradient.at(0), gradient.values());
        context.threads().forEach(tiling.parts(), (worker, i) -> {
            to.get(tiling.from(i), values[worker], 0, tiling.length(i));
            from.get(tiling.from(i), gradients[worker], 0, tiling.length(i));
            update.apply(tiling.from(i), values[worker], gradients[worker], tiling.length(i));
            to.put(tiling.from(i), values[worker], 0, tiling.length(i));
        });
    }

    /** Reductions the squares of all values, piece by piece in an order that depends on their number alone. */
    double sumOfSquares(OneDnnTensor x) {
        Tiling tiling = Tiling.atMost(x.values(), PIECE);
        double[] sums = new double[tiling.parts()];
        FloatBuffer from = NativeAddress.floats(x.at(0), x.values());
        context.threads().forEach(tiling.parts(), (worker, i) -> {
            from.get(tiling.from(i), gradients[worker], 0, tiling.length(i));
            sums[i] = SumOfSquares.of(gradients[worker], tiling.length(i));
        });
        double sum = 0;
        for (double piece : sums) {
            sum += piece;
        }
        return sum;
    }
}
