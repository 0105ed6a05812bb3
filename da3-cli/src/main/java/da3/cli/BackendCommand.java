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

/** HTTP service for one loaded model, with a web page. */
@Command(
        name = "backend",
        mixinStandardHelpOptions = true,
        description =
                "Serves a model over HTTP, with an API (/openapi.json) and a web page for uploading images and viewing "
                        + "scenes. Runs until stopped. Results are kept in the workspace.",
        footer = {
            "",
            "The token is read from the token file or the environment variable DA3_TOKEN, not from the command line, where "
                    + "other users of the machine could see it. Without a token, only this machine can connect."
        })
final class BackendCommand implements Callable<Integer> {

    @Mixin
    private ModelMixin model = new ModelMixin(ModelMixin.DEFAULT);

    @HelpGroup.In(HelpGroup.SERVICE)
    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description =
                    "Address to listen on; addresses other than loopback require a token. Default: ${DEFAULT-VALUE}.")
    private String host;

    @HelpGroup.In(HelpGroup.SERVICE)
    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8008",
            description = "Port to listen on; 0 selects a free port. Default: ${DEFAULT-VALUE}.")
    private int port;

    @HelpGroup.In(HelpGroup.SERVICE)
    @Option(
            names = "--workspace",
            paramLabel = "DIR",
            defaultValue = "workspace",
            description = "Directory for tasks and results. Default: ${DEFAULT-VALUE}.")
    private Path workspace;

    @HelpGroup.In(HelpGroup.SERVICE)
    @Option(
            names = "--gallery-dir",
            paramLabel = "DIR",
            description =
                    "Gallery to show with the results: folders of groups, each with folders of scenes (scene.glb, scene.jpg).")
    private Path gallery;

    @HelpGroup.In(HelpGroup.SERVICE)
    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File with the token that every request must contain, 16 to 256 printable characters.")
    private Path tokenFile;

    @HelpGroup.In(HelpGroup.SERVICE)
    @Option(
            names = "--allow-path",
            paramLabel = "DIR",
            description =
                    "Directory of this machine in which requests may name images and export directories; repeatable. "
                            + "Default: none.")
    private List<Path> allowedPaths = List.of();

    @HelpGroup.In(HelpGroup.SERVICE)
    @Option(
            names = "--allow-model",
            paramLabel = "MODEL",
            description = "Model that requests may select instead of --model; repeatable.")
    private List<String> allowedModels = List.of();

    @HelpGroup.In(HelpGroup.SERVICE)
    @Option(
            names = "--allow-host",
            paramLabel = "NAME",
            description =
                    "Host name that requests may use in addition to --host, for instance that of a proxy; repeatable.")
    private List<String> allowedHosts = List.of();

    @HelpGroup.In(HelpGroup.LIMITS)
    @Option(
            names = "--queue",
            paramLabel = "N",
            defaultValue = "20",
            description = "Maximum number of waiting tasks. Default: ${DEFAULT-VALUE}.")
    private int queue;

    @HelpGroup.In(HelpGroup.LIMITS)
    @Option(
            names = "--max-upload",
            paramLabel = "MB",
            defaultValue = "1024",
            description = "Maximum size of a request in MB. Default: ${DEFAULT-VALUE}.")
    private int maxUpload;

    @HelpGroup.In(HelpGroup.LIMITS)
    @Option(
            names = "--max-views",
            paramLabel = "N",
            defaultValue = "200",
            description = "Maximum number of images or frames of a task. Default: ${DEFAULT-VALUE}.")
    private int maxViews;

    @HelpGroup.In(HelpGroup.LIMITS)
    @Option(
            names = "--max-megapixels",
            paramLabel = "N",
            defaultValue = "100",
            description = "Maximum size of an image or a frame in megapixels. Default: ${DEFAULT-VALUE}.")
    private int maxMegapixels;

    @HelpGroup.In(HelpGroup.LIMITS)
    @Option(
            names = "--max-minutes",
            paramLabel = "N",
            defaultValue = "120",
            description = "Maximum run time of a task in minutes. Default: ${DEFAULT-VALUE}.")
    private int maxMinutes;

    @HelpGroup.In(HelpGroup.LIMITS)
    @Option(
            names = "--keep-days",
            paramLabel = "N",
            defaultValue = "7",
            description = "Days after which results are removed. Default: ${DEFAULT-VALUE}.")
    private int keepDays;

    @HelpGroup.In(HelpGroup.LIMITS)
    @Option(
            names = "--keep-tasks",
            paramLabel = "N",
            defaultValue = "100",
            description = "Maximum number of finished tasks; the oldest are removed. Default: ${DEFAULT-VALUE}.")
    private int keepTasks;

    @HelpGroup.In(HelpGroup.LIMITS)
    @Option(
            names = "--keep-gb",
            paramLabel = "N",
            defaultValue = "20",
            description = "Maximum size of all results in GB; the oldest are removed. Default: ${DEFAULT-VALUE}.")
    private int keepGigabytes;

    @HelpGroup.In(HelpGroup.SERVICE)
    @Option(names = "--open", description = "Open the web page in a browser.")
    private boolean open;

    @Mixin
    private EngineMixin engine;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        ServerSettings settings = settings();
        model.open(err).close(); // reports a missing model now instead of in the first task
        try (Backend backend = Backend.start(settings, tasks(), model.holder(engine.options()))) {
            backend.awaitStop(model.name(), open, spec.commandLine());
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
                ? BackendMixin.tokenFromEnvironment()
                : Optional.of(Files.readString(tokenFile).strip());
    }
}
