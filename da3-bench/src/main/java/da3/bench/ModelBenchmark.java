package da3.bench;

import da3.core.DepthAnything3;
import da3.core.ModelReference;
import da3.core.Prediction;
import da3.core.Request;
import da3.geometry.Image;
import da3.nn.Output;
import java.util.ArrayList;
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

/** Whole predictions. A single one is long enough to time by itself. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 7)
// most memory is outside the Java heap; a fixed heap keeps its growth out of the figures
@Fork(
        value = 1,
        jvmArgs = {"-Xms1g", "-Xmx1g"})
public class ModelBenchmark {

    @Param({"da3-small", "da3-base"})
    String preset;

    @Param({"1", "2"})
    int views;

    /** Whether rays are asked for too. */
    @Param({"false", "true"})
    boolean rays;

    private DepthAnything3 model;
    private Request request;

    @Setup
    public void load() {
        model = DepthAnything3.load(ModelReference.SEEDED + preset);
        EnumSet<Output> outputs = EnumSet.of(Output.DEPTH, Output.CAMERA);
        if (rays) {
            outputs.add(Output.RAYS);
        }
        request = Request.of(pictures(views, 504, 378)).withOutputs(outputs);
    }

    @TearDown
    public void close() {
        model.close();
    }

    @Benchmark
    public Prediction predict() {
        Prediction prediction = model.predict(request);
        float depth = prediction.scene().view(0).depth().at(0, 0);
        if (!(depth > 0 && depth < Float.POSITIVE_INFINITY)) {
            throw new IllegalStateException("depth is " + depth + "; legal: above 0");
        }
        return prediction;
    }

    static List<Image> pictures(int views, int width, int height) {
        Random random = new Random(7);
        List<Image> pictures = new ArrayList<>();
        for (int v = 0; v < views; v++) {
            byte[] rgb = new byte[3 * width * height];
            random.nextBytes(rgb);
            pictures.add(new Image(width, height, rgb));
        }
        return pictures;
    }
}
