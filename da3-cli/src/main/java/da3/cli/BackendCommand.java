package da3.cli;

import da3.server.http.ServerSettings;
import da3.server.tasks.TaskSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Keeps a model warm and serves it, with a page to use it by. */
@Command(
        name = "backend",
        mixinStandardHelpOptions = true,
        description =
                "Keeps a model warm and serves it over HTTP: an API (/openapi.json) and a page to drop photos on and "
                        + "look at scenes. Runs until it is stopped; results outlive it.",
        footer = {
            "",
            "The token is read from the file or the variable DA3_TOKEN, never from the command line, where other users of "
                    + "the machine would see it. Without one only this machine may connect."
        })
final class BackendCommand implements Callable<Integer> {

    @Mixin
    private ModelMixin model = new ModelMixin(ModelMixin.DEFAULT);

    @HelpGroup.In(HelpGroup.SERVICE)
    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address to listen on; anything but loopback needs a token; default ${DEFAULT-VALUE}.")
    private String host;

    @HelpGroup.In(HelpGroup.SERVICE)
    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8008",
            description = "Port to listen on, 0 for any that is free; default ${DEFAULT-VALUE}.")
    private int port;

    @HelpGroup.In(HelpGroup.SERVICE)
    @Option(
            names = "--workspace",
            paramLabel = "DIR",
            defaultValue = "workspace",
            description = "Where tasks and results are kept; default ${DEFAULT-VALUE}.")
    private Path workspace;

    @HelpGroup.In(HelpGroup.SERVICE)
    @Option(
            names = "--gallery-dir",
            paramLabel = "DIR",
            description = "Folders of groups with folders of scenes (scene.glb, scene.jpg), shown beside the results.")
    private Path gallery;

    @HelpGroup.In(HelpGroup.SERVICE)
    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Holds the token that every request must carry, 16 to 256 visible characters.")
    private Path tokenFile;

    @HelpGroup.In(HelpGroup.SERVICE)
    @Option(
            names = "--allow-path",
            paramLabel = "DIR",
            description = "Requests may name photos and export directories of this machine below it; repeatable; none "
                    + "without it.")
    private List<Path> allowedPaths = List.of();

    @HelpGroup.In(HelpGroup.SERVICE)
    @Option(
            names = "--allow-model",
            paramLabel = "MODEL",
            description = "A request may load it in place of --model; repeatable.")
    private List<String> allowedModels = List.of();

    @HelpGroup.In(HelpGroup.SERVICE)
    @Option(
            names = "--allow-host",
            paramLabel = "NAME",
            description =
                    "A name that the service may be called by besides --host, for instance a proxy's; repeatable.")
    private List<String> allowedHosts = List.of();

    @HelpGroup.In(HelpGroup.LIMITS)
    @Option(
            names = "--queue",
            paramLabel = "N",
            defaultValue = "20",
            description = "Tasks that may wait; default ${DEFAULT-VALUE}.")
    private int queue;

    @HelpGroup.In(HelpGroup.LIMITS)
    @Option(
            names = "--max-upload",
            paramLabel = "MB",
            defaultValue = "1024",
            description = "Of a request; default ${DEFAULT-VALUE}.")
    private int maxUpload;

    @HelpGroup.In(HelpGroup.LIMITS)
    @Option(
            names = "--max-views",
            paramLabel = "N",
            defaultValue = "200",
            description = "Photos or frames of a task; default ${DEFAULT-VALUE}.")
    private int maxViews;

    @HelpGroup.In(HelpGroup.LIMITS)
    @Option(
            names = "--max-megapixels",
            paramLabel = "N",
            defaultValue = "100",
            description = "Of a photo or a frame; default ${DEFAULT-VALUE}.")
    private int maxMegapixels;

    @HelpGroup.In(HelpGroup.LIMITS)
    @Option(
            names = "--max-minutes",
            paramLabel = "N",
            defaultValue = "120",
            description = "That a task may run; default ${DEFAULT-VALUE}.")
    private int maxMinutes;

    @HelpGroup.In(HelpGroup.LIMITS)
    @Option(
            names = "--keep-days",
            paramLabel = "N",
            defaultValue = "7",
            description = "Results are removed after; default ${DEFAULT-VALUE}.")
    private int keepDays;

    @HelpGroup.In(HelpGroup.LIMITS)
    @Option(
            names = "--keep-tasks",
            paramLabel = "N",
            defaultValue = "100",
            description = "Of more ended tasks the oldest are removed; default ${DEFAULT-VALUE}.")
    private int keepTasks;

    @HelpGroup.In(HelpGroup.LIMITS)
    @Option(
            names = "--keep-gb",
            paramLabel = "N",
            defaultValue = "20",
            description = "Of more results the oldest are removed; default ${DEFAULT-VALUE}.")
    private int keepGigabytes;

    @HelpGroup.In(HelpGroup.SERVICE)
    @Option(names = "--open", description = "Open the page in a browser.")
    private boolean open;

    @Mixin
    private EngineMixin engine;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        ServerSettings settings = settings();
        model.open(err).close(); // a model that is not there is said now, and not by the first task
        try (Backend backend = Backend.start(settings, tasks(), Backend.model(model.name(), engine.options()))) {
            backend.untilStopped(model.name(), open, spec.commandLine());
        }
        return 0;
    }

    private TaskSettings tasks() {
        return TaskSettings.of(workspace)
                .withQueueCapacity(queue)
                .withMaxViews(maxViews)
                .withMaxPixels(maxMegapixels * 1_000_000L)
                .withTimeLimit(Duration.ofMinutes(maxMinutes))
                .withKeepFor(Duration.ofDays(keepDays))
                .withKeepTasks(keepTasks)
                .withKeepBytes(keepGigabytes * 1_000_000_000L);
    }

    private ServerSettings settings() throws IOException {
        ServerSettings settings = ServerSettings.defaults()
                .withAddress(host, port)
                .withAllowedRoots(allowedPaths)
                .withAllowedModels(allowedModels)
                .withAllowedHosts(allowedHosts)
                .withMaxFiles(maxViews)
                .withMaxBodyBytes(maxUpload * 1_000_000L);
        Optional<String> token = token();
        settings = token.isPresent() ? settings.withToken(token.get()) : settings;
        return gallery == null ? settings : settings.withGalleryDirectory(gallery);
    }

    private Optional<String> token() throws IOException {
        return tokenFile == null
                ? BackendMixin.tokenOfEnvironment()
                : Optional.of(Files.readString(tokenFile).strip());
    }
}
