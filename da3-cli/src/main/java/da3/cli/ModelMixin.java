package da3.cli;

import da3.core.DepthAnything3;
import da3.core.EngineOptions;
import da3.core.ModelReference;
import da3.core.ModelSource;
import da3.weights.hub.HubCache;
import da3.weights.hub.HubClient;
import da3.weights.hub.HubSettings;
import da3.weights.hub.PublishedModel;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Which model, and whether it may be downloaded. */
@HelpGroup.In(HelpGroup.MODEL)
final class ModelMixin {

    /** The largest published model that may be used commercially. */
    static final String DEFAULT = "depth-anything/DA3-BASE";

    @Option(
            names = {"--model", "--model-dir"},
            paramLabel = "MODEL",
            description = "An id of the hub, a folder, a .safetensors file, or seeded:PRESET (untrained); "
                    + "default ${DEFAULT-VALUE}.")
    private String model;

    @Option(names = "--download", description = "Download the model if it is not in the hub's cache.")
    private boolean download;

    /** @param model where the user names none; null where one must be named */
    ModelMixin(String model) {
        this.model = model;
    }

    /** As the user called it. */
    String name() {
        return model;
    }

    /** Whether it can be loaded without asking anybody for it. */
    boolean isHere() throws IOException {
        return !(ModelReference.parse(model) instanceof ModelReference.OnHub onHub)
                || new HubCache(ModelSource.hub().cache()).find(onHub.id()).isPresent();
    }

    /** Loads the model, downloading it if told to, and says what was loaded. */
    DepthAnything3 load(EngineOptions options, PrintWriter err) throws IOException {
        ModelSource source = open(err);
        DepthAnything3 loaded = DepthAnything3.load(source, options);
        err.println("da3: " + model + " on " + loaded.engine().description());
        err.flush();
        return loaded;
    }

    /** Where the model is read from, which is downloaded if told to; says what its user must know. */
    ModelSource open(PrintWriter err) throws IOException {
        ModelReference reference = ModelReference.parse(model);
        HubSettings hub = ModelSource.hub();
        if (reference instanceof ModelReference.OnHub onHub
                && new HubCache(hub.cache()).find(onHub.id()).isEmpty()
                && (download || confirmed(onHub))) {
            pull(onHub, hub, err);
        }
        ModelSource source = ModelSource.open(reference, hub);
        source.notices().forEach(notice -> err.println("da3: " + notice));
        err.flush();
        return source;
    }

    /** Gives the folder that it is in. */
    static Path pull(ModelReference.OnHub model, HubSettings hub, PrintWriter err) throws IOException {
        try (TerminalProgress progress = new TerminalProgress(err)) {
            return new HubClient(hub, warning -> err.println("da3: " + warning)).pull(model.id(), progress::bytes);
        }
    }

    /** Asks on a terminal; elsewhere the answer is no. */
    private static boolean confirmed(ModelReference.OnHub model) {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        String about = PublishedModel.of(model.id())
                .map(p -> String.format(
                        Locale.ROOT,
                        " (about %.1f GB, %s)",
                        p.approximateBytes() / 1e9,
                        p.license().spdx()))
                .orElse("");
        String answer = console.readLine("%s%s is not on this machine. Download it? [y/N] ", model, about);
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }
}
