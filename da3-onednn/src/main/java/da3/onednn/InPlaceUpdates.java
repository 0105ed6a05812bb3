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

    private static final int MAX_BLOCK = Math.max(Update.BLOCK, SumOfSquares.BLOCK);

    private static final int MAX_PIECE_VALUES = 4 * SumOfSquares.BLOCK;

    private final ExecutionContext context;
    private final float[][] values;
    private final float[][] gradients;
    private final SumOfSquares[] squares; // by worker, like the arrays

    InPlaceUpdates(ExecutionContext context) {
        this.context = context;
        this.values = new float[context.threads().workers()][MAX_BLOCK];
        this.gradients = new float[context.threads().workers()][MAX_BLOCK];
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
        List<Piece> pieces = new ArrayList<>();
        for (OneDnnTensor x : tensors) {
            Tiling tiling = new Tiling(x.values(), MAX_PIECE_VALUES);
            for (int i = 0; i < tiling.count(); i++) {
                pieces.add(new Piece(x.at(tiling.start(i)), tiling.length(i)));
            }
        }
        double[] sums = new double[pieces.size()];
        context.threads().forEach(sums.length, (worker, i) -> sums[i] = sumOfSquares(worker, pieces.get(i)));
        return Arrays.stream(sums).sum();
    }

    private double sumOfSquares(int worker, Piece piece) {
        FloatBuffer from = NativeAddress.floats(piece.address, piece.values);
        SumOfSquares sum = squares[worker];
        for (int start = 0; start < piece.values; start += SumOfSquares.BLOCK) {
            int count = Math.min(SumOfSquares.BLOCK, piece.values - start);
            from.get(gradients[worker], 0, count);
            sum.add(gradients[worker], count);
        }
        return sum.takeTotal();
    }

    /** A part of a tensor that a worker sums at once. */
    private record Piece(long address, int values) {}
}
