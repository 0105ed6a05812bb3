package da3.onednn;

import da3.nn.autograd.DifferentiableEngine.Update;
import da3.nn.autograd.SumOfSquares;
import java.nio.FloatBuffer;

/** Loops of Java over values that stay in native memory: each lane copies a piece at a time to arrays of its own. */
final class Updates {

    /** Values of a piece: two arrays of them and two of an optimizer's stay in a core's cache. */
    private static final int PIECE = 1 << 13;

    private final Machine machine;
    private final float[][] values;
    private final float[][] gradients;

    Updates(Machine machine) {
        this.machine = machine;
        this.values = new float[machine.crew().lanes()][PIECE];
        this.gradients = new float[machine.crew().lanes()][PIECE];
    }

    /** Changes a parameter's values by its gradient. */
    void apply(OneDnnParameter parameter, OneDnnTensor gradient, Update update) {
        parameter.requireValues(gradient.values());
        Cut cut = Cut.atMost(gradient.values(), PIECE);
        FloatBuffer to = Address.floats(parameter.changing(), gradient.values());
        FloatBuffer from = Address.floats(gradient.at(0), gradient.values());
        machine.crew().forEach(cut.parts(), (lane, i) -> {
            to.get(cut.from(i), values[lane], 0, cut.length(i));
            from.get(cut.from(i), gradients[lane], 0, cut.length(i));
            update.apply(cut.from(i), values[lane], gradients[lane], cut.length(i));
            to.put(cut.from(i), values[lane], 0, cut.length(i));
        });
    }

    /** Sums the squares of all values, piece by piece in an order that depends on their number alone. */
    double sumOfSquares(OneDnnTensor x) {
        Cut cut = Cut.atMost(x.values(), PIECE);
        double[] sums = new double[cut.parts()];
        FloatBuffer from = Address.floats(x.at(0), x.values());
        machine.crew().forEach(cut.parts(), (lane, i) -> {
            from.get(cut.from(i), gradients[lane], 0, cut.length(i));
            sums[i] = SumOfSquares.of(gradients[lane], cut.length(i));
        });
        double sum = 0;
        for (double piece : sums) {
            sum += piece;
        }
        return sum;
    }
}
