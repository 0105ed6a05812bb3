package da3.onednn;

import da3.nn.autograd.DifferentiableEngine.Update;
import da3.nn.autograd.SumOfSquares;
import java.nio.FloatBuffer;

/** Java loops over values in native memory: each worker copies one block at a time to its own arrays. */
final class InPlaceUpdates {

    private static final int MAX_BLOCK = Math.max(Update.BLOCK, SumOfSquares.BLOCK);

    private final ExecutionContext context;
    private final float[][] values;
    private final float[][] gradients;

    InPlaceUpdates(ExecutionContext context) {
        this.context = context;
        this.values = new float[context.threads().workers()][MAX_BLOCK];
        this.gradients = new float[context.threads().workers()][MAX_BLOCK];
    }

    /** Updates the values of a parameter in place. */
    void apply(OneDnnParameter parameter, OneDnnTensor gradient, Update update) {
        parameter.requireCount(gradient.values());
        Tiling tiling = new Tiling(gradient.values(), Update.BLOCK);
        FloatBuffer to = NativeAddress.floats(parameter.addressForUpdate(), gradient.values());
        FloatBuffer from = NativeAddress.floats(gradient.at(0), gradient.values());
        context.threads().forEach(tiling.count(), (worker, i) -> {
            to.get(tiling.start(i), values[worker], 0, tiling.length(i));
            from.get(tiling.start(i), gradients[worker], 0, tiling.length(i));
            update.apply(tiling.start(i), values[worker], gradients[worker], tiling.length(i));
            to.put(tiling.start(i), values[worker], 0, tiling.length(i));
        });
    }

    /** Sums the squares of all values, in an order that depends only on their number. */
    double sumOfSquares(OneDnnTensor x) {
        Tiling tiling = new Tiling(x.values(), SumOfSquares.BLOCK);
        double[] sums = new double[tiling.count()];
        FloatBuffer from = NativeAddress.floats(x.at(0), x.values());
        context.threads().forEach(tiling.count(), (worker, i) -> {
            from.get(tiling.start(i), gradients[worker], 0, tiling.length(i));
            sums[i] = SumOfSquares.of(gradients[worker], tiling.length(i));
        });
        double sum = 0;
        for (double partial : sums) {
            sum += partial;
        }
        return sum;
    }
}
