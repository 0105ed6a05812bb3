package da3.bench;

import da3.core.EngineOptions;
import da3.core.Engines;
import da3.nn.Activation;
import da3.nn.Engine;
import da3.nn.Parameter;
import da3.nn.Tensor;
import da3.nn.WeightSource;
import da3.weights.SeededWeights;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The operations that a prediction is made of, at the sizes of DA3-SMALL and at an odd one. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgs = {"-Xms1g", "-Xmx1g"})
public class OperationBenchmark {

    /** 973: a 378x504 view of 27x36 patches and token 0. */
    @Param({"973", "207"})
    int tokens;

    @Param({"384"})
    int dim;

    private final WeightSource weights = new SeededWeights();
    private Engine engine;
    private Parameter fc1;
    private Parameter fc1Bias;
    private Parameter norm;
    private Parameter normBias;
    private Parameter kernel;
    private float[] values;

    @Setup
    public void start() {
        engine = Engines.create(EngineOptions.defaults());
        fc1 = engine.parameter(weights, "fc1.weight", Parameter.Role.LINEAR, 4 * dim, dim);
        fc1Bias = engine.parameter(weights, "fc1.bias", Parameter.Role.PLAIN, 4 * dim);
        norm = engine.parameter(weights, "norm.weight", Parameter.Role.PLAIN, dim);
        normBias = engine.parameter(weights, "norm.bias", Parameter.Role.PLAIN, dim);
        kernel = engine.parameter(weights, "conv.weight", Parameter.Role.CONVOLUTION, 64, 64, 3, 3);
        values = new float[tokens * 3 * dim];
        Random random = new Random(7);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
    }

    @TearDown
    public void stop() {
        engine.close();
    }

    @Benchmark
    public float linear() {
        return timed(() -> engine.linear(input(dim), fc1, fc1Bias, Activation.NONE));
    }

    @Benchmark
    public float linearWithGelu() {
        return timed(() -> engine.linear(input(dim), fc1, fc1Bias, Activation.GELU));
    }

    @Benchmark
    public float layerNorm() {
        return timed(() -> engine.layerNorm(input(dim), norm, normBias, 1e-6));
    }

    @Benchmark
    public float attention() {
        return timed(() -> engine.attention(input(3 * dim), dim / 64, null, null));
    }

    @Benchmark
    public float convolution() {
        return timed(() -> engine.convolution(
                engine.upload(Arrays.copyOf(values, tokens * 64), 1, tokens, 1, 64),
                Activation.NONE,
                kernel,
                null,
                1,
                null,
                Activation.NONE));
    }

    private Tensor input(int channels) {
        return engine.upload(Arrays.copyOf(values, tokens * channels), 1, tokens, channels);
    }

    /** Runs an operation and looks at all of its result. */
    private float timed(Supplier<Tensor> operation) {
        return engine.run(() -> {
            try (da3.nn.Scope scope = engine.scope()) {
                float[] result = engine.download(operation.get());
                float sum = 0;
                for (float value : result) {
                    sum += value;
                }
                if (Float.isNaN(sum)) {
                    throw new IllegalStateException("the result holds a value that is not a number");
                }
                return sum;
            }
        });
    }
}
