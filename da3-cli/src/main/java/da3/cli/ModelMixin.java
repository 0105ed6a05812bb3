package da3.cli;

import da3.core.DepthAnything3;
import da3.core.EngineOptions;
import da3.core.ModelReference;
import da3.core.ModelSource;
import da3.server.tasks.ModelHolder;
import da3.server.tasks.ServedModel;
import da3.weights.hub.HubCache;
import da3.weights.hub.HubClient;
import da3.weights.hub.HubSettings;
import da3.weights.hub.PublishedModel;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of the model. */
@HelpGroup.In(HelpGroup.MODEL)
final class ModelMixin {

    /** The largest published model that may be used commercially. */
    static final String DEFAULT = "depth-anything/DA3-BASE";

    static final String DESCRIPTION =
            "Model: hub id, folder, .safetensors file, da3-tiny (included), or seeded:PRESET (untrained). ";

    @Option(
            names = {"--model", "--model-dir"},
            paramLabel = "MODEL",
            description = DESCRIPTION + "Default: ${DEFAULT-VALUE}.")
    private String model;

    @Option(
            names = "--metric-model",
            paramLabel = "MODEL",
            description =
                    "Metric model, such as depth-anything/DA3METRIC-LARGE, that converts predictions of an any-view "
                            + "model to meters.")
    private String metricModel;

    @Option(names = "--download", description = "Download the models if they are not cached.")
    private boolean download;

    /** @param model default model; null if there is none, see {@link RequiredModel} */
    ModelMixin(String model) {
        this.model = model;
    }

    /** Returns the reference to the model, as the user wrote it, and that to the metric model if there is one. */
    String name() {
        return model == null || metricModel == null ? model : model + " with " + metricModel;
    }

    /** Returns whether the models can be loaded without a download. */
    boolean isAvailable() throws IOException {
        for (String name : names()) {
            if (missing(name).isPresent()) {
                return false;
            }
        }
        return true;
    }

    /** Returns a holder that loads the model for a service. */
    ModelHolder holder(EngineOptions options) {
        return new ModelHolder(
                name(), name -> ServedModel.load(name.equals(name()) ? source() : source(name), options));
    }

    /** Loads the model, after a download if the user agrees, and prints its name and engine. */
    DepthAnything3 load(EngineOptions options, PrintWriter err) throws IOException {
        ModelSource source = open(err);
        DepthAnything3 loaded = DepthAnything3.load(source, options);
        err.println("da3: " + name() + " on " + loaded.engine().description());
        err.flush();
        return loaded;
    }

    /** Opens the model, after a download if the user agrees, and prints notices such as license limits. */
    ModelSource open(PrintWriter err) throws IOException {
        for (String name : names()) {
            Optional<ModelReference.OnHub> missing = missing(name);
            if (missing.isPresent() && (download || confirmDownload(missing.get()))) {
                pull(missing.get(), ModelSource.hub(), err);
            }
        }
        ModelSource source = source();
        source.notices().forEach(notice -> err.println("da3: " + notice));
        err.flush();
        return source;
    }

    /** Opens the model without a download. */
    private ModelSource source() throws IOException {
        ModelSource anyView = source(model);
        if (metricModel == null) {
            return anyView;
        }
        ModelSource metric;
        try {
            metric = source(metricModel);
        } catch (IOException | RuntimeException | Error e) {
            anyView.close();
            throw e;
        }
        return ModelSource.nested(anyView, metric);
    }

    private static ModelSource source(String name) throws IOException {
        return ModelSource.open(ModelReference.parse(name), ModelSource.hub());
    }

    private List<String> names() {
        return metricModel == null ? List.of(model) : List.of(model, metricModel);
    }

    /** Returns a model of the hub that is not in the cache, or empty. */
    private static Optional<ModelReference.OnHub> missing(String name) throws IOException {
        return ModelReference.parse(name) instanceof ModelReference.OnHub onHub
                        && new HubCache(ModelSource.hub().cache())
                                .find(onHub.id())
                                .isEmpty()
                ? Optional.of(onHub)
                : Optional.empty();
    }

    /** Downloads a model and returns its folder. */
    static Path pull(ModelReference.OnHub model, HubSettings hub, PrintWriter err) throws IOException {
        try (TerminalProgress progress = new TerminalProgress(err)) {
            return new HubClient(hub, warning -> err.println("da3: " + warning)).pull(model.id(), progress::bytes);
        }
    }

    /** Asks whether to download a model; returns false without a terminal. */
    private static boolean confirmDownload(ModelReference.OnHub model) {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        String details = PublishedModel.of(model.id())
                .map(p -> String.format(
                        Locale.ROOT,
                        " (about %.1f GB, %s)",
                        p.approximateBytes() / 1e9,
                        p.license().spdx()))
                .orElse("");
        String answer = console.readLine("%s%s is not cached. Download it? [y/N] ", model, details);
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }
}
