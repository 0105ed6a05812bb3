package da3.bench;

import static da3.bench.ReferenceOperations.*;
import static da3.nn.Parameter.Role.LINEAR;
import static da3.nn.Parameter.Role.PLAIN;

import da3.nn.Activation;
import da3.nn.Engine;
import da3.nn.Parameter;
import da3.nn.QkNorm;
import da3.nn.RotaryPositions;
import da3.nn.Tensor;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
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

/** Measures one transformer block of DA3-BASE, with the operations of {@code da3.nn.Block}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 3, time = 1)
// most memory is outside the Java heap; a fixed heap size avoids measuring its growth
@Fork(
        value = 1,
        jvmArgs = {"-Xms1g", "-Xmx1g"})
public class BlockBenchmark {

    private static final double EPSILON = 1e-6;

    @Param({BenchmarkedEngine.ONEDNN, BenchmarkedEngine.ONEDNN_BF16, BenchmarkedEngine.ND4J})
    String engine = BenchmarkedEngine.ONEDNN;

    /** Number of views that attend to each other. */
    @Param({"1", "2"})
    int views = 1;

    @Param("27x36")
    String grid = "27x36";

    @Param("768")
    int dim = 768;

    @Param("12")
    int heads = 12;

    private BenchmarkedEngine subject;
    private Engine e;
    private Parameter norm1;
    private Parameter norm1Bias;
    private Parameter qkv;
    private Parameter qkvBias;
    private QkNorm qkNorm;
    private Parameter proj;
    private Parameter projBias;
    private Parameter ls1;
    private Parameter norm2;
    private Parameter norm2Bias;
    private Parameter fc1;
    private Parameter fc1Bias;
    private Parameter fc2;
    private Parameter fc2Bias;
    private Parameter ls2;
    private RotaryPositions positions;
    private Tensor x; // (1, views x tokens, dim)

    @Setup
    public void start() {
        subject = new BenchmarkedEngine(engine);
        e = subject.engine;
        int[] patches =
                Arrays.stream(grid.split("x")).mapToInt(Integer::parseInt).toArray();
        int n = 1 + patches[0] * patches[1];
        norm1 = plain("norm1.weight", dim);
        norm1Bias = plain("norm1.bias", dim);
        qkv = subject.parameter("blocks.0.attn.qkv.weight", LINEAR, 3 * dim, dim);
        qkvBias = plain("attn.qkv.bias", 3 * dim);
        qkNorm = new QkNorm(
                plain("attn.q_norm.weight", dim / heads),
                plain("attn.q_norm.bias", dim / heads),
                plain("attn.k_norm.weight", dim / heads),
                plain("attn.k_norm.bias", dim / heads),
                1e-5);
        proj = subject.parameter("blocks.0.attn.proj.weight", LINEAR, dim, dim);
        projBias = plain("attn.proj.bias", dim);
        ls1 = plain("ls1.gamma", dim);
        norm2 = plain("norm2.weight", dim);
        norm2Bias = plain("norm2.bias", dim);
        fc1 = subject.parameter("blocks.0.mlp.fc1.weight", LINEAR, 4 * dim, dim);
        fc1Bias = plain("mlp.fc1.bias", 4 * dim);
        fc2 = subject.parameter("blocks.0.mlp.fc2.weight", LINEAR, dim, 4 * dim);
        fc2Bias = plain("mlp.fc2.bias", dim);
        ls2 = plain("ls2.gamma", dim);
        positions = views == 1
                ? RotaryPositions.withinView(patches[0], patches[1], dim / heads, 100)
                : RotaryPositions.acrossViews(views, n, dim / heads, 100);
        float[] values = subject.values(1, views * n, dim);
        x = subject.upload(values, 1, views * n, dim);
        check(rows(values, dim));
    }

    private Parameter plain(String name, int channels) {
        return subject.parameter("blocks.0." + name, PLAIN, channels);
    }

    private void check(double[][] xs) {
        float[] w1 = subject.values(norm1);
        float[] b1 = subject.values(norm1Bias);
        float[] wQkv = subject.values(qkv);
        float[] bQkv = subject.values(qkvBias);
        double[][] packed = Arrays.stream(xs)
                .parallel()
                .map(row -> linear(layerNorm(row, w1, b1, EPSILON), wQkv, bQkv))
                .toArray(double[][]::new);
        HeadNorms norms = new HeadNorms(
                subject.values(qkNorm.qWeight()),
                subject.values(qkNorm.qBias()),
                subject.values(qkNorm.kWeight()),
                subject.values(qkNorm.kBias()),
                qkNorm.epsilon());
        subject.check("block", this::blockOf, t -> {
            double[] mixed = linear(
                    attention(packed, heads, norms, positions, t), subject.values(proj), subject.values(projBias));
            double[] y = scaledOnto(xs[t], subject.values(ls1), mixed);
            double[] hidden = linear(
                    layerNorm(y, subject.values(norm2), subject.values(norm2Bias), EPSILON),
                    subject.values(fc1),
                    subject.values(fc1Bias));
            Arrays.setAll(hidden, i -> gelu(hidden[i]));
            return scaledOnto(y, subject.values(ls2), linear(hidden, subject.values(fc2), subject.values(fc2Bias)));
        });
    }

    @TearDown
    public void stop() {
        subject.close();
    }

    private Tensor blockOf() {
        Tensor packed = e.linear(e.layerNorm(x, norm1, norm1Bias, EPSILON), qkv, qkvBias, Activation.NONE);
        Tensor mixed = e.attention(packed, heads, qkNorm, positions);
        Tensor y = e.linearResidual(mixed, proj, projBias, ls1, x);
        Tensor hidden = e.linear(e.layerNorm(y, norm2, norm2Bias, EPSILON), fc1, fc1Bias, Activation.GELU);
        return e.linearResidual(hidden, fc2, fc2Bias, ls2, y);
    }

    @Benchmark
    public int block() {
        return subject.run(this::blockOf);
    }
}
