package da3.nn.shape;

import da3.geometry.check.Check;
import da3.nn.Activation;
import da3.nn.Engine;
import da3.nn.Parameter;
import da3.nn.Precision;
import da3.nn.QkNorm;
import da3.nn.RotaryPositions;
import da3.nn.Scope;
import da3.nn.Tensor;
import da3.nn.WeightSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * An engine whose tensors have shapes but no values. Operations check shapes, compute nothing, and record the memory
 * that a real engine would allocate. Work runs on the calling thread; not thread-safe.
 */
public final class ShapeEngine implements Engine {

    private final OperationMemory operations;
    private final Precision precision;
    private final ShapeMemory memory;
    private final List<ShapeParameter> parameters = new ArrayList<>();

    /** @param operations describes the engine whose memory is recorded */
    public ShapeEngine(OperationMemory operations) {
        this.memory = new ShapeMemory(operations.slabFloats());
        this.operations = operations;
        this.precision = operations.precision();
    }

    /** Returns the peak of bytes allocated for tensors and temporary memory so far. */
    public long peakBytes() {
        return memory.peakBytes();
    }

    /** Returns the bytes of all parameters that operations have used. */
    public long weightBytes() {
        return parameters.stream().mapToLong(ShapeParameter::bytes).sum();
    }

    /** Returns all declared parameters. */
    public List<Parameter> parameters() {
        return List.copyOf(parameters);
    }

    @Override
    public String name() {
        return "shape";
    }

    @Override
    public String description() {
        return "shapes without values, " + precision();
    }

    @Override
    public int threads() {
        return 1;
    }

    @Override
    public String precision() {
        return precision.id();
    }

    @Override
    public <T> T run(Callable<T> work) {
        try {
            return work.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Scope scope() {
        return memory.scope();
    }

    @Override
    public Parameter parameter(WeightSource source, String name, Parameter.Role role, int... shape) {
        ShapeParameter parameter = new ShapeParameter(name, role, shape);
        parameters.add(parameter);
        return parameter;
    }

    @Override
    public Tensor upload(float[] values, int... shape) {
        if (values.length != ShapeTensor.product(shape)) {
            throw new IllegalArgumentException(
                    values.length + " values do not fill a tensor of shape " + Arrays.toString(shape));
        }
        return memory.tensor(Precision.FLOAT32, shape);
    }

    @Override
    public Tensor upload(Supplier<float[]> values, int... shape) {
        return memory.tensor(Precision.FLOAT32, shape);
    }

    /** @throws UnsupportedOperationException always */
    @Override
    public float[] download(Tensor x) {
        throw new UnsupportedOperationException("tensors of the shape-only engine have no values");
    }

    @Override
    public Tensor reshape(Tensor x, int... shape) {
        return memory.alias(ShapeTensor.of(x), shape);
    }

    @Override
    public Tensor value(Parameter parameter) {
        prepare(parameter, Precision.FLOAT32);
        return memory.tensor(Precision.FLOAT32, parameter.shape());
    }

    @Override
    public Tensor matmul(Tensor a, boolean transposeA, Tensor b, boolean transposeB) {
        if (a.size(transposeA ? 0 : 1) != b.size(transposeB ? 1 : 0)) {
            throw new IllegalArgumentException("the inner sizes of a product must be equal, got " + a
                    + (transposeA ? " transposed" : "") + " times " + b + (transposeB ? " transposed" : ""));
        }
        ShapeTensor y = memory.tensor(Precision.FLOAT32, a.size(transposeA ? 1 : 0), b.size(transposeB ? 0 : 1));
        return with(y, () -> operations.combination(memory, ShapeTensor.of(a), ShapeTensor.of(b), y));
    }

    @Override
    public Tensor linear(Tensor x, Parameter weight, Parameter bias, Activation activation) {
        int[] shape = Shapes.withChannels(x, weight.shape()[0]);
        return linear(x, weight, bias, activation, shape.length == 3 ? precision : Precision.FLOAT32, shape);
    }

    @Override
    public Tensor linearResidual(Tensor x, Parameter weight, Parameter bias, Parameter gamma, Tensor residual) {
        int[] shape = Shapes.withChannels(x, weight.shape()[0]);
        Shapes.requireSameValues(ShapeTensor.of(residual), ShapeTensor.product(shape));
        Tensor y = linear(x, weight, bias, Activation.NONE, Precision.FLOAT32, shape);
        prepare(gamma, Precision.FLOAT32);
        return y;
    }

    private Tensor linear(
            Tensor x, Parameter weight, Parameter bias, Activation activation, Precision result, int... shape) {
        int out = weight.shape()[0];
        long in = ShapeParameter.of(weight).values() / out;
        if (x.size(-1) != in) {
            throw Check.invalid("input of " + weight.name(), in + " channels", x);
        }
        Shapes.requireCount(bias, out);
        ShapeTensor y = memory.tensor(result, shape);
        Precision as = operations.weightPrecision(weight, shape);
        prepare(weight, as);
        prepare(bias, Precision.FLOAT32);
        return with(y, () -> operations.linear(memory, ShapeTensor.of(x), as, y, activation));
    }

    @Override
    public Tensor layerNorm(Tensor x, Parameter weight, Parameter bias, double epsilon) {
        Shapes.requireCount(weight, x.size(-1));
        Shapes.requireCount(bias, x.size(-1));
        ShapeTensor y = memory.tensor(vectorsInFloat32(x.shape()), x.shape());
        prepare(weight, Precision.FLOAT32);
        prepare(bias, Precision.FLOAT32);
        return with(y, () -> operations.layerNorm(memory, ShapeTensor.of(x)));
    }

    @Override
    public Tensor attention(Tensor qkv, int heads, QkNorm qkNorm, RotaryPositions positions) {
        if (qkv.size(2) % (3 * heads) != 0) {
            throw Check.invalid("channels of qkv", "a multiple of " + 3 * heads, qkv);
        }
        ShapeTensor y = memory.tensor(precision, qkv.size(0), qkv.size(1), qkv.size(2) / 3);
        if (qkNorm != null) {
            for (Parameter parameter :
                    new Parameter[] {qkNorm.qWeight(), qkNorm.qBias(), qkNorm.kWeight(), qkNorm.kBias()}) {
                prepare(parameter, Precision.FLOAT32);
            }
        }
        return with(y, () -> operations.attention(memory, ShapeTensor.of(qkv), heads, qkNorm != null, positions));
    }

    @Override
    public Tensor swiGlu(Tensor x) {
        ShapeTensor y = memory.tensor(ShapeTensor.of(x).precision(), Shapes.withChannels(x, x.size(-1) / 2));
        return with(y, () -> operations.swiGlu(memory, ShapeTensor.of(x)));
    }

    @Override
    public Tensor activate(Tensor x, Activation activation) {
        ShapeTensor y = memory.tensor(ShapeTensor.of(x).precision(), x.shape());
        return with(y, () -> operations.activation(memory, ShapeTensor.of(x), activation));
    }

    @Override
    public Tensor add(Tensor a, Tensor b) {
        Shapes.requireSameValues(ShapeTensor.of(b), ShapeTensor.of(a).values());
        return combined(a, b, a.shape());
    }

    @Override
    public Tensor addToEveryView(Tensor x, Tensor table) {
        Shapes.requireMultiple(ShapeTensor.of(x), ShapeTensor.of(table));
        return combined(x, table, x.shape());
    }

    @Override
    public Tensor concatChannels(Tensor a, Tensor b) {
        return concatenated(a, b, Shapes.withChannels(a, a.size(-1) + b.size(-1)));
    }

    @Override
    public Tensor concatTokens(Tensor a, Tensor b) {
        return concatenated(a, b, a.size(0), a.size(1) + b.size(1), a.size(2));
    }

    private Tensor concatenated(Tensor a, Tensor b, int... shape) {
        Shapes.requireSum(ShapeTensor.of(a), ShapeTensor.of(b), shape);
        return combined(a, b, shape);
    }

    private Tensor combined(Tensor first, Tensor second, int... shape) {
        ShapeTensor a = ShapeTensor.of(first);
        ShapeTensor b = ShapeTensor.of(second);
        ShapeTensor y = memory.tensor(a.precision() == b.precision() ? a.precision() : Precision.FLOAT32, shape);
        return with(y, () -> operations.combination(memory, a, b, y));
    }

    @Override
    public Tensor tokens(Tensor tensor, int from, int to) {
        ShapeTensor x = ShapeTensor.of(tensor);
        Shapes.requireRange(x, 1, from, to);
        return memory.tensor(x.precision(), x.size(0), to - from, x.size(2));
    }

    @Override
    public Tensor views(Tensor tensor, int from, int to) {
        ShapeTensor x = ShapeTensor.of(tensor);
        Shapes.requireRange(x, 0, from, to);
        return memory.tensor(x.precision(), Shapes.withViews(x, to - from));
    }

    @Override
    public Tensor reorderViews(Tensor tensor, int[] order) {
        ShapeTensor x = ShapeTensor.of(tensor);
        for (int view : order) {
            Shapes.requireRange(x, 0, view, view + 1);
        }
        return memory.tensor(x.precision(), Shapes.withViews(x, order.length));
    }

    @Override
    public Tensor patches(Tensor image, int patch) {
        ShapeTensor x = ShapeTensor.of(image);
        int rows = x.size(2) / patch;
        int columns = x.size(3) / patch;
        return memory.tensor(precision, x.size(0), rows * columns, x.size(1) * patch * patch);
    }

    @Override
    public Tensor channelsLast(Tensor image) {
        ShapeTensor x = ShapeTensor.of(image);
        return memory.tensor(precision, x.size(0), x.size(2), x.size(3), x.size(1));
    }

    @Override
    public Tensor convolution(
            Tensor x,
            Activation before,
            Parameter weight,
            Parameter bias,
            int stride,
            Tensor residual,
            Activation after) {
        int out = Shapes.requireInput(x, weight, 1, 0);
        Shapes.requireCount(bias, out);
        int rows = (x.size(1) + stride - 1) / stride;
        int columns = (x.size(2) + stride - 1) / stride;
        ShapeTensor y = memory.tensor(precision, x.size(0), rows, columns, out);
        if (residual != null) {
            Shapes.requireSameValues(ShapeTensor.of(residual), y.values());
        }
        Precision as = operations.weightPrecision(weight, y.shape());
        prepare(weight, as, operations.keptConvolutionValues(weight, stride, y.shape()));
        prepare(bias, Precision.FLOAT32);
        return with(y, () -> operations.convolution(memory, ShapeTensor.of(x), before, as, stride, y, after));
    }

    @Override
    public Tensor transposedConvolution(Tensor x, Parameter weight, Parameter bias) {
        int out = Shapes.requireInput(x, weight, 0, 1);
        Shapes.requireCount(bias, out);
        int k = weight.shape()[2];
        ShapeTensor y = memory.tensor(precision, x.size(0), k * x.size(1), k * x.size(2), out);
        prepare(weight, precision);
        prepare(bias, Precision.FLOAT32);
        return with(y, () -> operations.transposedConvolution(memory, ShapeTensor.of(x), y));
    }

    @Override
    public Tensor resize(Tensor x, int rows, int columns) {
        if (x.size(1) == rows && x.size(2) == columns) {
            return memory.alias(ShapeTensor.of(x), x.shape());
        }
        ShapeTensor y = memory.tensor(precision, x.size(0), rows, columns, x.size(3));
        return with(y, () -> operations.resize(memory, ShapeTensor.of(x), y));
    }

    @Override
    public Tensor addUv(Tensor x, Tensor u, Tensor v) {
        Shapes.requireSameValues(ShapeTensor.of(u), (long) x.size(2) * (x.size(3) / 2));
        Shapes.requireSameValues(ShapeTensor.of(v), (long) x.size(1) * (x.size(3) / 2));
        ShapeTensor y = memory.alias(ShapeTensor.of(x), x.shape());
        return with(y, () -> operations.addUv(memory, ShapeTensor.of(x)));
    }

    /** Records the temporary memory of an operation and returns its result. */
    private ShapeTensor with(ShapeTensor result, Runnable temporaries) {
        try (Scope scope = memory.scope()) {
            temporaries.run();
        }
        return result;
    }

    /** Prepares a parameter on first use; does nothing for null. */
    private void prepare(Parameter parameter, Precision as) {
        if (parameter != null) {
            prepare(parameter, as, ShapeParameter.of(parameter).values());
        }
    }

    /** @param kept number of values that the engine keeps of the parameter */
    private void prepare(Parameter parameter, Precision as, long kept) {
        ShapeParameter p = ShapeParameter.of(parameter);
        if (p.prepare(as, kept) && p.role() != Parameter.Role.PLAIN) {
            try (Scope scope = memory.scope()) {
                operations.preparation(memory, p, kept);
            }
        }
    }

    /** Returns the precision of products; that of vectors per view is float32. */
    private Precision vectorsInFloat32(int[] shape) {
        return shape.length < 3 ? Precision.FLOAT32 : precision;
    }

    @Override
    public void close() {
        memory.clear();
    }
}
