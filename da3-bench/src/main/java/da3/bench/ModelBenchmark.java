package da3.bench;

import da3.core.DepthAnything3;
import da3.core.EngineOptions;
import da3.core.ModelReference;
import da3.core.Prediction;
import da3.core.Request;
import da3.geometry.Image;
import da3.geometry.View;
import da3.geometry.check.Check;
import da3.nn.Output;
import da3.nn.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
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

/** Measures complete predictions, each of which is long enough for a single-shot measurement. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 5)
// most memory is outside the Java heap; a fixed heap size avoids measuring its growth
@Fork(
        value = 1,
        jvmArgs = {"-Xms1g", "-Xmx1g"})
public class ModelBenchmark {

    @Param({BenchmarkedEngine.ONEDNN, BenchmarkedEngine.ONEDNN_BF16, BenchmarkedEngine.ND4J})
    String engine = BenchmarkedEngine.ONEDNN;

    @Param({"da3-small", "da3-base"})
    String preset = "da3-small";

    @Param({"1", "4"})
    int views = 1;

    @Param("378x504")
    String size = "378x504";

    /** Adds rays to the requested outputs. */
    @Param("false")
    boolean rays;

    private DepthAnything3 model;
    private Request request;

    @Setup
    public void load() {
        String[] parts = engine.split("-");
        EngineOptions options = EngineOptions.defaults().withEngine(parts[0]).withPrecision(Precision.of(parts[1]));
        model = DepthAnything3.load(ModelReference.SEEDED + preset, options);
        EnumSet<Output> outputs = EnumSet.of(Output.DEPTH, Output.CAMERA);
        if (rays) {
            outputs.add(Output.RAYS);
        }
        int[] sides = Arrays.stream(size.split("x")).mapToInt(Integer::parseInt).toArray();
        request = Request.of(noiseImages(views, sides[1], sides[0]))
                .withOptions(o -> o.resolution(Math.max(sides[0], sides[1])).outputs(outputs));
        requireDepth(predict());
    }

    /** @throws IllegalStateException if a depth is not positive and finite */
    private static void requireDepth(Prediction prediction) {
        for (View view : prediction.scene().views()) {
            for (float depth : view.depth().values()) {
                if (!(depth > 0 && depth < Float.POSITIVE_INFINITY)) {
                    throw new IllegalStateException(Check.message("depth", "positive and finite", depth));
                }
            }
        }
    }

    @TearDown
    public void close() {
        model.close();
    }

    @Benchmark
    public Prediction predict() {
        return model.predict(request);
    }

    /** Returns seeded noise images. */
    static List<Image> noiseImages(int views, int width, int height) {
        Random random = new Random(7);
        List<Image> images = new ArrayList<>();
        for (int v = 0; v < views; v++) {
            byte[] rgb = new byte[3 * width * height];
            random.nextBytes(rgb);
            images.add(new Image(width, height, rgb));
        }
        return images;
    }
}
