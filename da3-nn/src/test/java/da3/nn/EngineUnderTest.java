package da3.nn;

import static org.assertj.core.api.Assertions.assertThat;

import da3.nn.autograd.DifferentiableEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;

/** An engine, and what a test of its operations needs around them. */
final class EngineUnderTest implements AutoCloseable {

    final Engine engine = open(2);
    private final SeededWeights weights = new SeededWeights(7);

    /** The engine that the system property {@code da3.test.engine} names; without it, the reference. */
    static Engine open(int threads) {
        String name = System.getProperty("da3.test.engine", "nd4j");
        return ServiceLoader.load(EngineProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no engine " + name + " on the class path"))
                .create(threads, Precision.FLOAT32);
    }

    /** The values of what some operations make, in memory that begins with something else. */
    float[] run(Callable<Tensor> operations) {
        return engine.run(() -> {
            try (Scope scope = engine.scope()) {
                engine.upload(random(0, 5), 5);
                return engine.download(operations.call());
            }
        });
    }

    /** The values of several tensors; null for null. */
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
     * The engine's backward half.
     *
     * @throws ClassCastException if it has none
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

    /** What the engine reads for a parameter; null for none. */
    float[] values(Parameter parameter) {
        return parameter == null ? null : weights.values(parameter.name(), parameter.shape());
    }

    /** Normally distributed values. */
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
