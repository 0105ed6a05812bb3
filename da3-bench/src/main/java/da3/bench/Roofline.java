package da3.bench;

import da3.core.EngineOptions;
import da3.core.Engines;
import da3.core.InputProcessing;
import da3.core.ModelReference;
import da3.core.ModelSource;
import da3.nn.Engine;
import da3.nn.Network;
import da3.nn.NetworkConfig;
import da3.nn.NetworkInput;
import da3.nn.NetworkRequest;
import da3.nn.Output;
import da3.nn.Precision;
import da3.nn.Progress;
import da3.weights.SeededWeights;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Compares the speed of a network with the limits of the machine (roofline model, Williams et al., 2009):
 * {@code Roofline MODEL [VIEWS [HxW [fp32|bf16 [ENGINE]]]]} prints a table of operations for depth and cameras.
 *
 * <p>The floor of an operation is the larger of two times: its arithmetic at the speed of a large matrix product, and
 * its compulsory memory traffic at the speed of a stream triad. Both speeds are measured in the same run and in the
 * precision of the engine. The floor assumes that arguments come from memory and operations are separate: cached
 * arguments, fused operations and Winograd's algorithm can be faster, and values that a bfloat16 engine keeps in
 * float32 take twice the traffic. The table shows the prediction with the median time.
 */
public final class Roofline {

    private static final int WARM_UP = 2;
    private static final int REPEATS = 7;

    /** A measured prediction: the work of its operations and its total time in seconds. */
    record Run(Map<Part, Work> parts, double seconds) {}

    private Roofline() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        String model = arguments.length > 0 ? arguments[0] : "seeded:da3-base";
        int views = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1;
        String[] size = (arguments.length > 2 ? arguments[2] : "378x504").split("x");
        Precision precision = Precision.of(arguments.length > 3 ? arguments[3] : "fp32");
        String engineName = arguments.length > 4 ? arguments[4] : EngineOptions.AUTO;
        int height = Integer.parseInt(size[0]);
        int width = Integer.parseInt(size[1]);
        EngineOptions options = EngineOptions.defaults().withEngine(engineName).withPrecision(precision);
        try (ModelSource source = ModelSource.open(ModelReference.parse(model), ModelSource.hub());
                Engine engine = Engines.create(options)) {
            Peaks peaks = Peaks.measure(engine, new SeededWeights());
            MeteredEngine metered = new MeteredEngine(engine, peaks);
            Network network = new Network(
                    metered,
                    source.weights(),
                    source.config().mainPath(),
                    source.config().main());
            List<Run> runs = new ArrayList<>();
            for (int i = 0; i < WARM_UP + REPEATS; i++) {
                Run run = run(metered, network, views, height, width);
                if (i >= WARM_UP) {
                    runs.add(run);
                }
            }
            runs.sort(Comparator.comparingDouble(Run::seconds));
            System.out.printf(
                    Locale.ROOT,
                    "%s, %d x %dx%d, %s%n%nProducts: %.0f GFLOP/s in %s; triad: %.1f GB/s.%n%n%s",
                    model,
                    views,
                    height,
                    width,
                    engine.description(),
                    peaks.flops() / 1e9,
                    engine.precision(),
                    peaks.bandwidth() / 1e9,
                    table(runs.get(REPEATS / 2)));
        }
    }

    /** Measures a prediction on noise images: depth, and cameras if the network predicts them. */
    static Run run(MeteredEngine engine, Network network, int views, int height, int width) {
        float[] image = InputProcessing.normalize(ModelBenchmark.noiseImages(views, width, height));
        NetworkConfig config = network.config();
        Set<Output> outputs = config.cameraDecoderDim().isPresent()
                ? EnumSet.of(Output.DEPTH, Output.CAMERA)
                : EnumSet.of(Output.DEPTH);
        NetworkInput input = new NetworkInput(image, views, height, width, null);
        engine.take();
        long start = System.nanoTime();
        network.forward(input, NetworkRequest.of(outputs), Progress.SILENT);
        return new Run(engine.take(), (System.nanoTime() - start) / 1e9);
    }

    /** Returns the table in Markdown. */
    static String table(Run run) {
        StringBuilder table = new StringBuilder(
                """
                | part | calls | GFLOP | MB | floor, ms | measured, ms | floor / measured |
                |---|---:|---:|---:|---:|---:|---:|
                """);
        Work total = Work.NONE;
        for (Map.Entry<Part, Work> part : run.parts().entrySet()) {
            table.append(row(part.getKey().title, part.getValue()));
            total = total.plus(part.getValue());
        }
        table.append(row("between operations", new Work(0, 0, 0, 0, run.seconds() - total.seconds())));
        table.append(row(
                "**all**", new Work(total.calls(), total.flop(), total.bytes(), total.floorSeconds(), run.seconds())));
        return table.toString();
    }

    private static String row(String title, Work work) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %.2f | %.1f | %.2f | %.2f | %.0f %% |%n",
                title,
                work.calls(),
                work.flop() / 1e9,
                work.bytes() / 1e6,
                1e3 * work.floorSeconds(),
                1e3 * work.seconds(),
                100 * work.floorSeconds() / work.seconds());
    }
}
