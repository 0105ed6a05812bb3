package da3.nn;

import static org.assertj.core.api.Assertions.assertThat;

import da3.nn.autograd.DifferentiableEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;

/** An engine with helpers for tests of its operations. */
final class EngineUnderTest implements AutoCloseable {

    final Engine engine = open(2);
    private final SeededWeights weights = new SeededWeights(7);

    /** Returns the engine named by the system property {@code da3.test.engine}, by default the reference engine. */
    static Engine open(int threads) {
        String name = System.getProperty("da3.test.engine", "nd4j");
        return ServiceLoader.load(EngineProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no engine " + name + " on the class path"))
                .create(threads, Precision.FLOAT32);
    }

    /** Returns the values of a tensor, in memory that initially has other values. */
    float[] run(Callable<Tensor> operations) {
        return engine.run(() -> {
            try (Scope scope = engine.scope()) {
                engine.upload(random(0, 5), 5);
                return engine.download(operations.call());
            }
        });
    }

    /** Returns the values of several tensors; null for null. */
    List<float[]> runAll(Callable<List<Tensor>> operations) {
        return engine.run(() -> {
            try (Scope scope = engine.scope()) {
                engine.upload(random(0, 5), 5);
                List<float[]> values = new ArrayList<>();
                for (Tensor tensor : operations.call()) {
                    values.add(tensor == null ? null : engine.download(tensor));
                }
                return values;
            }
        });
    }

    /**
     * Returns the engine with its backward pass.
     *
     * @throws ClassCastException if it has no backward pass
     */
    DifferentiableEngine differentiable() {
        return (DifferentiableEngine) engine;
    }

    Parameter plain(String name, int... shape) {
        return engine.parameter(weights, name, Parameter.Role.PLAIN, shape);
    }

    Parameter linear(String name, int... shape) {
        return engine.parameter(weights, name, Parameter.Role.LINEAR, shape);
    }

    Parameter convolution(String name, int out, int in) {
        return engine.parameter(weights, name, Parameter.Role.CONVOLUTION, out, in, 3, 3);
    }

    Parameter transposedConvolution(String name, int in, int out, int k) {
        return engine.parameter(weights, name, Parameter.Role.TRANSPOSED_CONVOLUTION, in, out, k, k);
    }

    /** Returns the values of a parameter; null for null. */
    float[] values(Parameter parameter) {
        return parameter == null ? null : weights.values(parameter.name(), parameter.shape());
    }

    /** Returns normally distributed values. */
    static float[] random(long seed, int size) {
        Random random = new Random(seed);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    static void assertClose(float[] actual, double[] expected, double tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            if (!(Math.abs(actual[i] - expected[i]) <= tolerance)) {
                throw new AssertionError("value " + i + " of " + actual.length + " is " + actual[i] + ", not "
                        + expected[i] + ": off by " + Math.abs(actual[i] - expected[i]) + ", more than " + tolerance);
            }
        }
    }

    @Override
    public void close() {
        engine.close();
    }
}
