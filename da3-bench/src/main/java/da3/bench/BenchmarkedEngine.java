package da3.bench;

import da3.core.EngineOptions;
import da3.core.Engines;
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

/** An engine to be timed: arguments lie ready, results are checked once against their definitions. */
final class BenchmarkedEngine implements AutoCloseable {

    /** What benchmarks are run on unless told otherwise: an engine and a precision. */
    static final String ONEDNN = "onednn-fp32";

    static final String ONEDNN_BF16 = "onednn-bf16";
    static final String ND4J = "nd4j-fp32";

    /** Rows of a result that are looked at, the first and the last among them. */
    private static final int ROWS = 8;

    /** Of the values' root mean square. */
    private static final double FLOAT32_TOLERANCE = 1e-4;

    /** A factor of bfloat16 is off by up to 2^-9; few are that far, all in one direction fewer. */
    private static final double BFLOAT16_TOLERANCE = 6e-2;

    final Engine engine;
    private final SeededWeights weights = new SeededWeights();
    private final Random random = new Random(7);
    private final Scope arguments;
    private final double tolerance;

    /** @param name an engine's and a precision's, for instance {@value #ONEDNN_BF16} */
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

    /** Values of mean 0 and variance 1, as layer norms make them. */
    float[] values(int... shape) {
        float[] values = new float[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** An argument, until this is closed. */
    Tensor upload(float[] values, int... shape) {
        return engine.run(() -> engine.upload(values, shape));
    }

    /** Does operations, and gives something that depends on them. */
    int run(Supplier<Tensor> operations) {
        return engine.run(() -> {
            try (Scope scope = engine.scope()) {
                return operations.get().shape().length;
            }
        });
    }

    /**
     * Compares some rows of a result with what they should be.
     *
     * @param expected by the row's number
     * @throws IllegalStateException if a value is off; the message says which
     */
    void check(String what, Supplier<Tensor> operations, IntFunction<double[]> expected) {
        float[] actual = engine.run(() -> {
            try (Scope scope = engine.scope()) {
                return engine.download(operations.get());
            }
        });
        int channels = expected.apply(0).length;
        int rows = actual.length / channels;
        IntStream.concat(IntStream.of(0, rows - 1), random.ints(ROWS - 2, 0, rows))
                .parallel()
                .forEach(row -> compare(what, row, actual, expected.apply(row)));
    }

    private void compare(String what, int row, float[] actual, double[] expected) {
        double size =
                Math.sqrt(Arrays.stream(expected).map(v -> v * v).average().orElseThrow());
        for (int i = 0; i < expected.length; i++) {
            float value = actual[row * expected.length + i];
            if (!(Math.abs(value - expected[i]) <= tolerance * size)) {
                throw new IllegalStateException(what + " on " + engine.description() + ": channel " + i + " of row "
                        + row + " is " + value + ", not " + expected[i] + "; legal: off by up to "
                        + tolerance * size);
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
