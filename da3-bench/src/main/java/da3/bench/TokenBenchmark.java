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

/** Measures the operations of transformer blocks, with the widths of DA3-BASE. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 3, time = 1)
// most memory is outside the Java heap; a fixed heap size avoids measuring its growth
@Fork(
        value = 1,
        jvmArgs = {"-Xms1g", "-Xmx1g"})
public class TokenBenchmark {

    private static final int VIEWS = 2;

    @Param({BenchmarkedEngine.ONEDNN, BenchmarkedEngine.ONEDNN_BF16, BenchmarkedEngine.ND4J})
    String engine = BenchmarkedEngine.ONEDNN;

    /** Patch grid of a view: 378x504 pixels, and a square with an odd number of tokens. */
    @Param({"27x36", "36x36"})
    String grid = "27x36";

    @Param("768")
    int dim = 768;

    @Param("12")
    int heads = 12;

    private BenchmarkedEngine subject;
    private Engine e;
    private Parameter qkv;
    private Parameter qkvBias;
    private Parameter fc1;
    private Parameter fc1Bias;
    private Parameter fc2;
    private Parameter fc2Bias;
    private Parameter gamma;
    private Parameter w12;
    private Parameter norm;
    private Parameter normBias;
    private QkNorm qkNorm;
    private RotaryPositions within;
    private RotaryPositions across;
    private Tensor x; // (1, tokens, dim)
    private Tensor hidden; // (1, tokens, 4 dim)
    private Tensor one; // queries, keys and values of one view (1, tokens, 3 dim)
    private Tensor all; // queries, keys and values of two views (1, 2 tokens, 3 dim)

    @Setup
    public void start() {
        subject = new BenchmarkedEngine(engine);
        e = subject.engine;
        int[] patches =
                Arrays.stream(grid.split("x")).mapToInt(Integer::parseInt).toArray();
        int n = 1 + patches[0] * patches[1];
        int headDim = dim / heads;
        qkv = subject.parameter("blocks.0.attn.qkv.weight", LINEAR, 3 * dim, dim);
        qkvBias = subject.parameter("blocks.0.attn.qkv.bias", PLAIN, 3 * dim);
        fc1 = subject.parameter("blocks.0.mlp.fc1.weight", LINEAR, 4 * dim, dim);
        fc1Bias = subject.parameter("blocks.0.mlp.fc1.bias", PLAIN, 4 * dim);
        fc2 = subject.parameter("blocks.0.mlp.fc2.weight", LINEAR, dim, 4 * dim);
        fc2Bias = subject.parameter("blocks.0.mlp.fc2.bias", PLAIN, dim);
        gamma = subject.parameter("blocks.0.ls2.gamma", PLAIN, dim);
        w12 = subject.parameter("blocks.0.mlp.w12.weight", LINEAR, 4 * dim, dim);
        norm = subject.parameter("blocks.0.norm1.weight", PLAIN, dim);
        normBias = subject.parameter("blocks.0.norm1.bias", PLAIN, dim);
        qkNorm = new QkNorm(
                subject.parameter("blocks.0.attn.q_norm.weight", PLAIN, headDim),
                subject.parameter("blocks.0.attn.q_norm.bias", PLAIN, headDim),
                subject.parameter("blocks.0.attn.k_norm.weight", PLAIN, headDim),
                subject.parameter("blocks.0.attn.k_norm.bias", PLAIN, headDim),
                1e-5);
        within = RotaryPositions.withinView(patches[0], patches[1], headDim, 100);
        across = RotaryPositions.acrossViews(VIEWS, n, headDim, 100);
        float[] xs = subject.values(1, n, dim);
        float[] hiddens = subject.values(1, n, 4 * dim);
        float[] packed = subject.values(1, VIEWS * n, 3 * dim);
        x = subject.upload(xs, 1, n, dim);
        hidden = subject.upload(hiddens, 1, n, 4 * dim);
        one = subject.upload(Arrays.copyOf(packed, n * 3 * dim), 1, n, 3 * dim);
        all = subject.upload(packed, 1, VIEWS * n, 3 * dim);
        check(rows(xs, dim), rows(hiddens, 4 * dim), rows(packed, 3 * dim), n);
    }

    private void check(double[][] xs, double[][] hiddens, double[][] packed, int n) {
        float[] g = subject.values(gamma);
        float[] b1 = subject.values(fc1Bias);
        HeadNorms norms = new HeadNorms(
                subject.values(qkNorm.qWeight()),
                subject.values(qkNorm.qBias()),
                subject.values(qkNorm.kWeight()),
                subject.values(qkNorm.kBias()),
                qkNorm.epsilon());
        double[][] packedOne = Arrays.copyOf(packed, n);
        float[] w1 = subject.values(fc1);
        float[] w2 = subject.values(fc2);
        float[] b2 = subject.values(fc2Bias);
        float[] w3 = subject.values(qkv);
        float[] b3 = subject.values(qkvBias);
        float[] wGated = subject.values(w12);
        float[] wNorm = subject.values(norm);
        float[] bNorm = subject.values(normBias);
        subject.check("linear", this::linearOf, r -> ReferenceOperations.linear(xs[r], w3, b3));
        subject.check("linear with GELU", this::geluOf, r -> Arrays.stream(ReferenceOperations.linear(xs[r], w1, b1))
                .map(ReferenceOperations::gelu)
                .toArray());
        subject.check(
                "linear with residual",
                this::residualOf,
                r -> scaledOnto(xs[r], g, ReferenceOperations.linear(hiddens[r], w2, b2)));
        subject.check(
                "SwiGLU",
                this::swiGluOf,
                r -> ReferenceOperations.swiGlu(ReferenceOperations.linear(xs[r], wGated, null)));
        subject.check("layer norm", this::layerNormOf, r -> ReferenceOperations.layerNorm(xs[r], wNorm, bNorm, 1e-6));
        subject.check("attention within views", this::withinOf, r -> attention(packedOne, heads, norms, within, r));
        subject.check("attention across views", this::acrossOf, r -> attention(packed, heads, norms, across, r));
    }

    @TearDown
    public void stop() {
        subject.close();
    }

    private Tensor linearOf() {
        return e.linear(x, qkv, qkvBias, Activation.NONE);
    }

    private Tensor geluOf() {
        return e.linear(x, fc1, fc1Bias, Activation.GELU);
    }

    private Tensor residualOf() {
        return e.linearResidual(hidden, fc2, fc2Bias, gamma, x);
    }

    private Tensor swiGluOf() {
        return e.swiGlu(e.linear(x, w12, null, Activation.NONE));
    }

    private Tensor layerNormOf() {
        return e.layerNorm(x, norm, normBias, 1e-6);
    }

    private Tensor withinOf() {
        return e.attention(one, heads, qkNorm, within);
    }

    private Tensor acrossOf() {
        return e.attention(all, heads, qkNorm, across);
    }

    /** Computes dim to 3 dim, with bias. */
    @Benchmark
    public int linear() {
        return subject.run(this::linearOf);
    }

    /** Computes dim to 4 dim, with GELU. */
    @Benchmark
    public int linearGelu() {
        return subject.run(this::geluOf);
    }

    /** Computes 4 dim to dim, scaled and added to the residual. */
    @Benchmark
    public int linearResidual() {
        return subject.run(this::residualOf);
    }

    /** Computes dim to 4 dim, gated to 2 dim. */
    @Benchmark
    public int linearSwiGlu() {
        return subject.run(this::swiGluOf);
    }

    @Benchmark
    public int layerNorm() {
        return subject.run(this::layerNormOf);
    }

    /** Computes attention within one view, with norms and rotary positions. */
    @Benchmark
    public int attentionWithin() {
        return subject.run(this::withinOf);
    }

    /** Computes attention across two views, with norms and rotary positions. */
    @Benchmark
    public int attentionAcross() {
        return subject.run(this::acrossOf);
    }
}
