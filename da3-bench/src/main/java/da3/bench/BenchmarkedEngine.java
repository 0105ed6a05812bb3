package da3.bench;

import da3.core.EngineOptions;
import da3.core.Engines;
import da3.geometry.check.Check;
import da3.nn.Engine;
import da3.nn.Parameter;
import da3.nn.Precision;
import da3.nn.Scope;
import da3.nn.Tensor;
import da3.weights.SeededWeights;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** An engine under measurement: holds the arguments of operations and checks results against reference values. */
final class BenchmarkedEngine implements AutoCloseable {

    /** Engines and precisions that benchmarks measure by default. */
    static final String ONEDNN = "onednn-fp32";

    static final String ONEDNN_BF16 = "onednn-bf16";
    static final String ND4J = "nd4j-fp32";

    /** Number of rows of a result that are checked, including the first and the last. */
    private static final int ROWS = 8;

    /** Relative to the root mean square of the values. */
    private static final double FLOAT32_TOLERANCE = 1e-4;

    /** Each bfloat16 factor has a relative error of up to 2^-9; errors mostly cancel in sums. */
    private static final double BFLOAT16_TOLERANCE = 6e-2;

    final Engine engine;
    private final SeededWeights weights = new SeededWeights();
    private final Random random = new Random(7);
    private final Scope arguments;
    private final double tolerance;

    /** @param name name of an engine and of a precision, for instance {@value #ONEDNN_BF16} */
    BenchmarkedEngine(String name) {
        String[] parts = name.split("-");
        Precision precision = Precision.of(parts[1]);
        this.engine =
                Engines.create(EngineOptions.defaults().withEngine(parts[0]).withPrecision(precision));
        this.tolerance = precision == Precision.FLOAT32 ? FLOAT32_TOLERANCE : BFLOAT16_TOLERANCE;
        this.arguments = engine.run(engine::scope);
    }

    Parameter parameter(String name, Parameter.Role role, int... shape) {
        return engine.parameter(weights, name, role, shape);
    }

    float[] values(Parameter parameter) {
        float[] values = new float[Arrays.stream(parameter.shape()).reduce(1, Math::multiplyExact)];
        weights.read(parameter.name(), parameter.shape(), FloatBuffer.wrap(values));
        return values;
    }

    /** Returns random values with mean 0 and variance 1, like the outputs of layer norms. */
    float[] values(int... shape) {
        float[] values = new float[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** Uploads an argument that lives until {@link #close}. */
    Tensor upload(float[] values, int... shape) {
        return engine.run(() -> engine.upload(values, shape));
    }

    /** Runs operations and returns the rank of their result, so that they cannot be optimized away. */
    int run(Supplier<Tensor> operations) {
        return engine.run(() -> {
            try (Scope scope = engine.scope()) {
                return operations.get().shape().length;
            }
        });
    }

    /**
     * Compares some rows of a result with expected values.
     *
     * @param name name of the operations in error messages
     * @param expected returns the expected values of a row
     * @throws IllegalStateException if the error of a value exceeds the tolerance
     */
    void check(String name, Supplier<Tensor> operations, IntFunction<double[]> expected) {
        float[] actual = engine.run(() -> {
            try (Scope scope = engine.scope()) {
                return engine.download(operations.get());
            }
        });
        int channels = expected.apply(0).length;
        int rows = actual.length / channels;
        IntStream.concat(IntStream.of(0, rows - 1), random.ints(ROWS - 2, 0, rows))
                .parallel()
                .forEach(row -> compare(name, row, actual, expected.apply(row)));
    }

    private void compare(String name, int row, float[] actual, double[] expected) {
        double rootMeanSquare =
                Math.sqrt(Arrays.stream(expected).map(v -> v * v).average().orElseThrow());
        for (int i = 0; i < expected.length; i++) {
            float value = actual[row * expected.length + i];
            if (!(Math.abs(value - expected[i]) <= tolerance * rootMeanSquare)) {
                throw new IllegalStateException(Check.message(
                        "channel " + i + " of row " + row + " of " + name + " on " + engine.description(),
                        "within " + tolerance * rootMeanSquare + " of " + expected[i],
                        value));
            }
        }
    }

    @Override
    public void close() {
        engine.run(() -> {
            arguments.close();
            return null;
        });
        engine.close();
    }
}
