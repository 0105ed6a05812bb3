package da3.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.core.DepthAnything3;
import da3.core.ProcessMemory;
import da3.core.Request;
import da3.geometry.Image;
import da3.geometry.check.Check;
import da3.nn.Output;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures the time of predictions or training steps. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        modelTransformer = RequiredModel.class,
        description =
                "Measures the time of predictions or training steps on random images. The last line is a JSON object.")
final class BenchCommand implements Callable<Integer> {

    @Mixin
    private ModelMixin model = new ModelMixin(null);

    @HelpGroup.In(HelpGroup.INPUT)
    @Option(
            names = "--views",
            paramLabel = "N",
            defaultValue = "1",
            description = "Number of views. Default: ${DEFAULT-VALUE}.")
    private int views;

    @HelpGroup.In(HelpGroup.INPUT)
    @Option(
            names = "--size",
            paramLabel = "HxW",
            defaultValue = "378x504",
            description = "Height and width of the images, multiples of 14. Default: ${DEFAULT-VALUE}.")
    private String size;

    @HelpGroup.In(HelpGroup.INPUT)
    @Option(
            names = "--outputs",
            paramLabel = "LIST",
            defaultValue = "",
            description =
                    "Comma-separated outputs: depth, camera, rays, gaussians. Default: depth, and camera if the model has it.")
    private String outputs;

    @HelpGroup.In(HelpGroup.OTHER)
    @Option(
            names = "--repeats",
            paramLabel = "R",
            defaultValue = "7",
            description = "Number of timed runs after warm-up. Default: ${DEFAULT-VALUE}.")
    private int repeats;

    @HelpGroup.In(HelpGroup.OTHER)
    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "2",
            description = "Duration of the untimed runs before the timed ones, at least one prediction or ten training "
                    + "steps. Small models need 5 seconds, and training 20, until Java has compiled everything. "
                    + "Default: ${DEFAULT-VALUE}.")
    private double warmUp;

    @HelpGroup.In(HelpGroup.OTHER)
    @Option(
            names = "--train",
            description =
                    "Measure training steps instead of predictions: forward pass, student objective, backward pass, "
                            + "clipping, and AdamW for all parameters except the camera encoder.")
    private boolean train;

    @HelpGroup.In(HelpGroup.OTHER)
    @Option(names = "--json", description = "Print only the JSON object.")
    private boolean json;

    @Mixin
    private EngineMixin engine;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (model.name() == null) {
            throw new ParameterException(spec.commandLine(), "Missing required option: '--model=MODEL'");
        }
        SizeOption generated = SizeOption.parse(size);
        Check.atLeast("views", 1, views);
        Check.atLeast("repeats", 1, repeats);
        Check.inRange("warm-up", 0, 3600, warmUp);
        if (train) {
            OptionConflicts.reject(spec, List.of("--metric-model"), "--train");
            return train(out, generated.height(), generated.width());
        }
        Request request = request(generated.height(), generated.width());
        long start = System.nanoTime();
        try (DepthAnything3 depthAnything =
                model.load(engine.options(), spec.commandLine().getErr())) {
            depthAnything.predict(request);
            double first = millisSince(start);
            for (long begin = System.nanoTime(); millisSince(begin) < 1e3 * warmUp; ) {
                depthAnything.predict(request);
            }
            double[] millis = new double[repeats];
            for (int i = 0; i < repeats; i++) {
                long begin = System.nanoTime();
                depthAnything.predict(request);
                millis[i] = millisSince(begin);
                if (!json) {
                    out.printf(Locale.ROOT, "%d/%d  %.1f ms%n", i + 1, repeats, millis[i]);
                    out.flush();
                }
            }
            out.println(result(depthAnything, first, millis));
            out.flush();
        }
        return 0;
    }

    private int train(PrintWriter out, int height, int width) throws IOException {
        int[] done = {0};
        TrainingBench.Result result =
                TrainingBench.run(model.name(), engine.options(), views, height, width, warmUp, repeats, millis -> {
                    if (!json) {
                        out.printf(Locale.ROOT, "%d/%d  %.1f ms%n", ++done[0], repeats, millis);
                        out.flush();
                    }
                });
        ObjectNode node = timings(result.firstMillis(), result.millis());
        node.put("engine", result.engine());
        node.put("precision", result.precision());
        node.put("threads", result.threads());
        node.put("loss", result.loss());
        out.println(node);
        out.flush();
        return 0;
    }

    private String result(DepthAnything3 depthAnything, double first, double[] millis) throws IOException {
        ObjectNode node = timings(first, millis);
        node.put("engine", depthAnything.engine().name());
        node.put("precision", depthAnything.engine().precision());
        node.put("threads", depthAnything.engine().threads());
        return node.toString();
    }

    /** Returns the timings, where {@code loadMillis} is the time of loading and the first run, minus the median. */
    private ObjectNode timings(double first, double[] millis) throws IOException {
        double[] sorted = millis.clone();
        Arrays.sort(sorted);
        double median = repeats % 2 == 1 ? sorted[repeats / 2] : (sorted[repeats / 2 - 1] + sorted[repeats / 2]) / 2;
        ObjectNode node = new ObjectMapper().createObjectNode();
        node.put("medianMillis", median);
        node.put("bestMillis", sorted[0]);
        node.put("loadMillis", Math.max(0, first - median));
        node.put("peakResidentBytes", ProcessMemory.peak().orElse(-1));
        return node;
    }

    private Request request(int height, int width) {
        List<Image> images = new ArrayList<>();
        Random random = new Random(7);
        for (int v = 0; v < views; v++) {
            byte[] rgb = new byte[3 * height * width];
            random.nextBytes(rgb);
            images.add(new Image(width, height, rgb));
        }
        Set<Output> requested = OutputList.parse(outputs);
        return Request.of(images)
                .withOptions(o ->
                        o.weightsHash(false).resolution(Math.max(height, width)).outputs(requested));
    }

    private static double millisSince(long start) {
        return (System.nanoTime() - start) / 1e6;
    }
}
