package da3.cli;

import da3.core.ErrorMessage;
import da3.core.ModelReference;
import da3.core.ModelSource;
import da3.nn.BackboneConfig;
import da3.nn.ModelConfig;
import da3.nn.NetworkConfig;
import da3.nn.Preset;
import da3.weights.Checkpoint;
import da3.weights.config.Manifest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Description of a model, from the headers of its files. */
@Command(
        name = "info",
        mixinStandardHelpOptions = true,
        description = "Describes a model and checks that it is complete, without reading weights.")
final class ModelInfoCommand implements Callable<Integer> {

    private static final int NAMES_SHOWN = 5;

    @Parameters(
            index = "0",
            paramLabel = "MODEL",
            description = "Cached hub id, folder, file, da3-tiny, or seeded:PRESET.")
    private String model;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (ModelSource source = ModelSource.open(ModelReference.parse(model), ModelSource.hub())) {
            row(out, "model", source.weights().description());
            row(out, "preset", source.preset().map(Preset::id).orElse("none (custom configuration)"));
            source.license().ifPresent(license -> row(out, "license", license));
            network(out, source.config());
            if (source.weights() instanceof Checkpoint checkpoint) {
                files(out, checkpoint);
            }
        }
        out.flush();
        return 0;
    }

    private static void network(PrintWriter out, ModelConfig config) {
        row(out, "network", description(config.main()));
        config.metric().ifPresent(metric -> row(out, "metric network", description(metric)));
        long values = Manifest.of(config).required().values().stream()
                .mapToLong(shape -> {
                    long product = 1;
                    for (int s : shape) {
                        product *= s;
                    }
                    return product;
                })
                .sum();
        row(out, "parameters", String.format(Locale.ROOT, "%,d read at inference", values));
    }

    private static String description(NetworkConfig network) {
        BackboneConfig b = network.backbone();
        return b.depth() + " blocks of " + b.embedDim() + " channels and " + b.numHeads() + " heads, "
                + network.head().kind().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                + (network.cameraDecoderDim().isPresent() ? ", cameras" : "")
                + (network.gaussians().isPresent() ? ", gaussians" : "");
    }

    private static void files(PrintWriter out, Checkpoint checkpoint) {
        row(
                out,
                "stored",
                String.format(Locale.ROOT, "%,d bytes as %s", checkpoint.storedBytes(), checkpoint.dtypes()));
        row(out, "names", checkpoint.layout().name().toLowerCase(Locale.ROOT));
        for (Path file : checkpoint.files()) {
            row(out, "file", file.toString());
        }
        List<String> unexpected = checkpoint.unexpected();
        row(
                out,
                "unexpected",
                unexpected.isEmpty()
                        ? "none"
                        : unexpected.size() + " unused tensors: "
                                + unexpected.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "))
                                + (unexpected.size() > NAMES_SHOWN ? ", ..." : ""));
    }

    private static void row(PrintWriter out, String name, String value) {
        out.printf("%-15s %s%n", name, ErrorMessage.printable(value));
    }
}
