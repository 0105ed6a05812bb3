package da3.cli;

import da3.core.ModelReference;
import da3.core.ModelSource;
import da3.weights.BundledCheckpoint;
import da3.weights.hub.CachedModel;
import da3.weights.hub.HubCache;
import da3.weights.hub.HubId;
import da3.weights.hub.PublishedModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** List of the published models and their cached files. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the published models and where they are cached.")
final class ModelListCommand implements Callable<Integer> {

    private static final String ROW = "%-41s %-22s %6s %8s  %-13s %s%n";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<CachedModel> cached = new HubCache(ModelSource.hub().cache()).list();
        Map<HubId, CachedModel> byId =
                cached.stream().collect(Collectors.toMap(CachedModel::id, Function.identity(), (a, b) -> a));
        out.printf(Locale.ROOT, ROW, "id", "preset", "params", "size", "license", "on this machine");
        if (BundledCheckpoint.exists(ModelReference.TINY)) {
            out.printf(
                    Locale.ROOT,
                    ROW,
                    ModelReference.TINY,
                    ModelReference.TINY,
                    "0.01 B",
                    "0.02 GB",
                    BundledCheckpoint.LICENSE,
                    "included; trained on synthetic scenes only");
        }
        for (PublishedModel model : PublishedModel.values()) {
            CachedModel local = byId.get(model.id());
            out.printf(
                    Locale.ROOT,
                    ROW,
                    model.id(),
                    model.preset().id(),
                    String.format(Locale.ROOT, "%.2f B", model.parameters() / 1e9),
                    String.format(Locale.ROOT, "%.2f GB", model.approximateBytes() / 1e9),
                    model.license().spdx(),
                    local == null ? "-" : local.snapshot());
        }
        out.flush();
        return 0;
    }
}
