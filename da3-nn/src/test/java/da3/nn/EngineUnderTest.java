package da3.nn;

import static org.assertj.core.api.Assertions.assertThat;

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
