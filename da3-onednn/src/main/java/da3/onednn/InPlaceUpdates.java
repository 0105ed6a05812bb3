package da3.onednn;

import da3.nn.autograd.DifferentiableEngine.ParameterUpdate;
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

    /** Maximum number of consecutive blocks per task. Hardware prefetching needs contiguous memory. */
    private static final int MAX_BLOCKS = 16;

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

    /** A block of the values of a parameter, with buffers of all of its values and of their gradients. */
    private record Block(FloatBuffer values, FloatBuffer gradients, int from, int count, Update update) {

        /** Updates a copy of the block in arrays, and writes it back. */
        void run(float[] blockValues, float[] blockGradients) {
            values.get(from, blockValues, 0, count);
            gradients.get(from, blockGradients, 0, count);
            update.apply(from, blockValues, blockGradients, count);
            values.put(from, blockValues, 0, count);
        }
    }

    /** Updates the values of parameters in place. */
    void apply(List<ParameterUpdate> updates) {
        List<Block> blocks = new ArrayList<>();
        for (ParameterUpdate each : updates) {
            OneDnnParameter parameter = OneDnnEngine.of(each.parameter());
            OneDnnTensor gradient = OneDnnEngine.of(each.gradient());
            parameter.requireCount(gradient.values());
            FloatBuffer to = NativeAddress.floats(parameter.addressForUpdate(), gradient.values());
            FloatBuffer from = NativeAddress.floats(gradient.at(0), gradient.values());
            Tiling tiling = new Tiling(gradient.values(), Update.BLOCK);
            for (int i = 0; i < tiling.count(); i++) {
                blocks.add(new Block(to, from, tiling.start(i), tiling.length(i), each.update()));
            }
        }
        Tiling runs = Tiling.of(blocks.size(), MAX_BLOCKS);
        context.threads().forEach(runs.count(), (worker, run) -> {
            for (int i = runs.start(run); i < runs.start(run) + runs.length(run); i++) {
                blocks.get(i).run(values[worker], gradients[worker]);
            }
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
