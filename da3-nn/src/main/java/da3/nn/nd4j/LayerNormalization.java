package da3.nn.nd4j;

import da3.nn.Parameter;
import da3.nn.autograd.DifferentiableEngine.LayerGradients;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.floating.RSqrt;
import org.nd4j.linalg.api.ops.impl.transforms.same.Square;
import org.nd4j.linalg.factory.Nd4j;

/** Layer norms over the last axis and their gradients, view by view to limit temporary memory. */
final class LayerNormalization {

    private final TensorMemory memory;
    private final ConstantArrays constants;

    LayerNormalization(TensorMemory memory, ConstantArrays constants) {
        this.memory = memory;
        this.constants = constants;
    }

    Nd4jTensor apply(Nd4jTensor x, Parameter weight, Parameter bias, double epsilon) {
        int d = x.channels();
        Nd4jTensor out = memory.tensor(x.shape);
        int groups = groups(x);
        int rows = x.rows() / groups;
        try (var scope = memory.scope()) {
            INDArray squares = memory.tensor(rows, d).array;
            INDArray statistic = memory.tensor(rows, 1).array;
            for (int g = 0; g < groups; g++) {
                INDArray y = out.part((long) g * rows * d, rows, d);
                standardize(x.part((long) g * rows * d, rows, d), epsilon, y, squares, statistic);
                Nd.exec("multiply", y, y, Nd4jParameter.prepared(weight).as(d));
                Nd.addRow(y, Nd4jParameter.prepared(bias).as(d));
            }
        }
        return out;
    }

    LayerGradients backward(Nd4jTensor dy, Nd4jTensor x, Parameter weight, double epsilon, boolean parameters) {
        int d = x.channels();
        Nd4jTensor dx = memory.tensor(x.shape);
        Nd4jTensor dWeight = parameters ? memory.tensor(d) : null;
        Nd4jTensor dBias = parameters ? memory.tensor(d) : null;
        if (parameters) {
            dWeight.array.assign(0);
            dBias.array.assign(0);
        }
        int groups = groups(x);
        int rows = x.rows() / groups;
        for (int g = 0; g < groups; g++) {
            long from = (long) g * rows * d;
            backward(
                    dy.part(from, rows, d),
                    x.part(from, rows, d),
                    weight,
                    epsilon,
                    dx.part(from, rows, d),
                    dWeight,
                    dBias);
        }
        return new LayerGradients(dx, dWeight, dBias);
    }

    /**
     * Computes the gradients for some rows.
     *
     * @param dy (rows, channels)
     * @param dx receives the gradient; must not share memory with dy or x
     * @param dWeight accumulates the gradient of the weight; null to skip it
     * @param dBias accumulates the gradient of the bias; null if {@code dWeight} is
     */
    void backward(
            INDArray dy,
            INDArray x,
            Parameter weight,
            double epsilon,
            INDArray dx,
            Nd4jTensor dWeight,
            Nd4jTensor dBias) {
        int rows = (int) x.size(0);
        int d = (int) x.size(1);
        try (var scope = memory.scope()) {
            INDArray standardized = memory.tensor(rows, d).array;
            INDArray product = memory.tensor(rows, d).array;
            INDArray deviation = memory.tensor(rows, 1).array; // inverse
            INDArray mean = memory.tensor(rows, 1).array;
            standardize(x, epsilon, standardized, product, deviation);
            if (dWeight != null) {
                Nd4jTensor ones = memory.tensor(1, rows);
                ones.array.assign(1);
                dy.mul(standardized, product);
                Nd.addMatmul(ones.array, product, dWeight.as(1, d));
                Nd.addMatmul(ones.array, dy, dBias.as(1, d));
            }
            // dx = (g - mean(g) - standardized mean(g standardized)) / deviation, with g = dy weight
            Nd.exec("multiply", dx, dy, Nd4jParameter.prepared(weight).as(d));
            dx.mul(standardized, product);
            Nd.matmul(product, constants.average(d), false, mean);
            Nd.exec("multiply", standardized, standardized, mean);
            Nd.matmul(dx, constants.average(d), false, mean);
            Nd.exec("subtract", dx, dx, mean);
            dx.subi(standardized);
            Nd.exec("multiply", dx, dx, deviation);
        }
    }

    /**
     * Subtracts the mean of every row and divides by its standard deviation.
     *
     * @param out result, (rows, channels)
     * @param squares intermediate results, (rows, channels)
     * @param deviation receives the inverse of the standard deviation, (rows, 1)
     */
    private void standardize(INDArray x, double epsilon, INDArray out, INDArray squares, INDArray deviation) {
        INDArray average = constants.average((int) x.size(1));
        Nd.matmul(x, average, false, deviation);
        Nd.exec("subtract", out, x, deviation);
        Nd4j.getExecutioner().exec(new Square(out, squares));
        Nd.matmul(squares, average, false, deviation);
        deviation.addi(epsilon);
        Nd4j.getExecutioner().exec(new RSqrt(deviation, deviation));
        Nd.exec("multiply", out, out, deviation);
    }

    private static int groups(Nd4jTensor x) {
        return x.shape.length == 1 ? 1 : x.shape[0];
    }
}
