package da3.onednn;

import da3.nn.autograd.DifferentiableEngine.Update;
import da3.nn.autograd.SumOfSquares;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Java loops over values in native memory: each worker copies one block at a time to its own arrays. */
final class InPlaceUpdates {

    /** Values whose squares a worker sums at once. */
    private static final int MAX_PIECE_VALUES = 1 << 15;

    private final ExecutionContext context;
    private final float[][] values;
    private final float[][] gradients;
    private final SumOfSquares[] squares; // by worker, like the arrays

    InPlaceUpdates(ExecutionContext context) {
        this.context = context;
        this.values = new float[context.threads().workers()][Update.BLOCK];
        this.gradients = new float[context.threads().workers()][Update.BLOCK];
        this.squares = Stream.generate(SumOfSquares::new)
                .limit(context.threads().workers())
                .toArray(SumOfSquares[]::new);
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

    /** Sums the squares of all values, in an order that depends only on the sizes of the tensors. */
    double sumOfSquares(List<OneDnnTensor> tensors) {
        List<FloatBuffer> pieces = new ArrayList<>();
        for (OneDnnTensor x : tensors) {
            Tiling tiling = new Tiling(x.values(), MAX_PIECE_VALUES);
            for (int i = 0; i < tiling.count(); i++) {
                pieces.add(NativeAddress.floats(x.at(tiling.start(i)), tiling.length(i)));
            }
        }
        double[] sums = new double[pieces.size()];
        context.threads().forEach(sums.length, (worker, i) -> sums[i] = squares[worker].sum(pieces.get(i)));
        return Arrays.stream(sums).sum();
    }
}
