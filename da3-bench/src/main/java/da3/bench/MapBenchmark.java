package da3.bench;

import static da3.nn.Parameter.Role.CONVOLUTION;
import static da3.nn.Parameter.Role.PLAIN;
import static da3.nn.Parameter.Role.TRANSPOSED_CONVOLUTION;

import da3.nn.Activation;
import da3.nn.Engine;
import da3.nn.Parameter;
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

/** Measures the operations of heads, with the widths of DA3-BASE. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 3, time = 1)
// most memory is outside the Java heap; a fixed heap size avoids measuring its growth
@Fork(
        value = 1,
        jvmArgs = {"-Xms1g", "-Xmx1g"})
public class MapBenchmark {

    @Param({BenchmarkedEngine.ONEDNN, BenchmarkedEngine.ONEDNN_BF16, BenchmarkedEngine.ND4J})
    String engine = BenchmarkedEngine.ONEDNN;

    /** Patch grid of a view: 378x504 pixels, and odd sides. */
    @Param({"27x36", "37x53"})
    String grid = "27x36";

    /** Channels of the fusion; the token maps have six times as many, the finest level 3/4. */
    @Param("128")
    int features = 128;

    private BenchmarkedEngine subject;
    private Engine e;
    private int h;
    private int w;
    private Parameter conv;
    private Parameter convBias;
    private Parameter halving;
    private Parameter halvingBias;
    private Parameter up;
    private Parameter upBias;
    private Tensor fine; // (1, 4 h, 4 w, features)
    private Tensor coarse; // (1, h, w, 6 features)
    private Tensor projected; // (1, h, w, 3/4 features)

    @Setup
    public void start() {
        subject = new BenchmarkedEngine(engine);
        e = subject.engine;
        int[] sides = Arrays.stream(grid.split("x")).mapToInt(Integer::parseInt).toArray();
        h = sides[0];
        w = sides[1];
        int wide = 6 * features;
        int narrow = 3 * features / 4;
        conv = subject.parameter("scratch.refinenet1.resConfUnit1.conv1.weight", CONVOLUTION, features, features, 3, 3);
        convBias = subject.parameter("scratch.refinenet1.resConfUnit1.conv1.bias", PLAIN, features);
        halving = subject.parameter("resize_layers.3.weight", CONVOLUTION, wide, wide, 3, 3);
        halvingBias = subject.parameter("resize_layers.3.bias", PLAIN, wide);
        up = subject.parameter("resize_layers.0.weight", TRANSPOSED_CONVOLUTION, narrow, narrow, 4, 4);
        upBias = subject.parameter("resize_layers.0.bias", PLAIN, narrow);
        float[] fines = subject.values(4 * h, 4 * w, features);
        float[] coarses = subject.values(h, w, wide);
        float[] narrows = subject.values(h, w, narrow);
        fine = subject.upload(fines, 1, 4 * h, 4 * w, features);
        coarse = subject.upload(coarses, 1, h, w, wide);
        projected = subject.upload(narrows, 1, h, w, narrow);
        check(
                ReferenceOperations.rows(fines, features),
                ReferenceOperations.rows(coarses, wide),
                ReferenceOperations.rows(narrows, narrow));
    }

    private void check(double[][] fines, double[][] coarses, double[][] narrows) {
        float[] w1 = subject.values(conv);
        float[] b1 = subject.values(convBias);
        float[] w2 = subject.values(halving);
        float[] b2 = subject.values(halvingBias);
        float[] w3 = subject.values(up);
        float[] b3 = subject.values(upBias);
        int columns = (w + 1) / 2;
        subject.check("convolution", this::convolutionOf, p -> {
            double[] y =
                    ReferenceOperations.convolutionOfRelu(fines, 4 * h, 4 * w, w1, b1, 1, p / (4 * w), p % (4 * w));
            Arrays.setAll(y, i -> Math.max(0, y[i] + fines[p][i]));
            return y;
        });
        subject.check(
                "halving convolution",
                this::halvingOf,
                p -> ReferenceOperations.convolutionOfRelu(coarses, h, w, w2, b2, 2, p / columns, p % columns));
        subject.check(
                "transposed convolution",
                this::transposedOf,
                p -> ReferenceOperations.transposed(narrows, w, w3, b3, 4, p / (4 * w), p % (4 * w)));
        subject.check(
                "resize",
                this::resizeOf,
                p -> ReferenceOperations.resized(fines, 4 * h, 4 * w, 8 * h, 8 * w, p / (8 * w), p % (8 * w)));
    }

    @TearDown
    public void stop() {
        subject.close();
    }

    private Tensor convolutionOf() {
        return e.convolution(fine, Activation.RELU, conv, convBias, 1, fine, Activation.RELU);
    }

    private Tensor halvingOf() {
        return e.convolution(coarse, Activation.RELU, halving, halvingBias, 2, null, Activation.NONE);
    }

    private Tensor transposedOf() {
        return e.transposedConvolution(projected, up, upBias);
    }

    private Tensor resizeOf() {
        return e.resize(fine, 8 * h, 8 * w);
    }

    /** Computes relu(conv(relu(x)) + x) at the finest level. */
    @Benchmark
    public int convolution() {
        return subject.run(this::convolutionOf);
    }

    /** Computes a convolution of stride 2, from the patch grid to the coarsest level. */
    @Benchmark
    public int convolutionHalving() {
        return subject.run(this::halvingOf);
    }

    /** Computes a transposed convolution, from the patch grid to the finest level. */
    @Benchmark
    public int transposedConvolution() {
        return subject.run(this::transposedOf);
    }

    /** Doubles the sides of the finest level. */
    @Benchmark
    public int resize() {
        return subject.run(this::resizeOf);
    }
}
