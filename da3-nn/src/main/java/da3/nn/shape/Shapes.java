package da3.nn.shape;

import da3.geometry.check.Check;
import da3.nn.Parameter;
import da3.nn.Tensor;
import java.util.Arrays;

/** Shapes of results, and checks of the shapes of arguments. */
final class Shapes {

    private Shapes() {}

    static int[] withChannels(Tensor x, int channels) {
        int[] shape = x.shape().clone();
        shape[shape.length - 1] = channels;
        return shape;
    }

    static int[] withViews(Tensor x, int views) {
        int[] shape = x.shape().clone();
        shape[0] = views;
        return shape;
    }

    /** Checks the channels of a map and returns those of the result. */
    static int requireInput(Tensor x, Parameter weight, int in, int out) {
        if (x.size(3) != weight.shape()[in]) {
            throw Check.invalid("input of " + weight.name(), weight.shape()[in] + " channels", x);
        }
        return weight.shape()[out];
    }

    static void requireCount(Parameter parameter, int count) {
        if (parameter != null) {
            ShapeParameter.of(parameter).requireCount(count);
        }
    }

    static void requireSameValues(ShapeTensor x, long values) {
        if (x.values() != values) {
            throw Check.invalid("number of values of " + x, String.valueOf(values), x.values());
        }
    }

    static void requireMultiple(ShapeTensor x, ShapeTensor table) {
        if (x.values() % table.values() != 0) {
            throw new IllegalArgumentException("cannot add " + table + " to " + x + ": " + x.values()
                    + " values are not a multiple of " + table.values());
        }
    }

    static void requireSum(ShapeTensor a, ShapeTensor b, int... shape) {
        if (a.values() + b.values() != ShapeTensor.product(shape)) {
            throw new IllegalArgumentException(
                    "cannot concatenate " + a + " and " + b + " into Tensor" + Arrays.toString(shape));
        }
    }

    static void requireRange(ShapeTensor x, int axis, int from, int to) {
        if (from < 0 || to < from || to > x.size(axis)) {
            throw Check.invalid("range of " + x, "within 0 to " + x.size(axis), from + " to " + to);
        }
    }
}
