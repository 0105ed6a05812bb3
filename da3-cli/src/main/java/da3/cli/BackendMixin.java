package da3.cli;

import da3.export.ExportFormat;
import da3.geometry.check.Check;
import da3.io.ExportDirectory;
import da3.io.FrameSequence;
import da3.server.client.BackendClient;
import da3.server.client.BackendOptions;
import da3.server.client.BackendStatus;
import da3.server.client.BackendTask;
import da3.server.wire.TaskOptions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Options for predicting in a running service instead of this process. */
@HelpGroup.In(HelpGroup.SERVICE)
final class BackendMixin {

    private static final String TOKEN = "DA3_TOKEN";

    @Option(
            names = "--use-backend",
            description =
                    "Predict in a running 'da3 backend' and download the results. The token is read from the environment "
                            + "variable " + TOKEN + ".")
    private boolean enabled;

    @Option(
            names = "--backend-url",
            paramLabel = "URL",
            defaultValue = "http://localhost:8008",
            description = "URL of the service. Default: ${DEFAULT-VALUE}.")
    private URI url;

    boolean enabled() {
        return enabled;
    }

    static Optional<String> tokenFromEnvironment() {
        return Optional.ofNullable(System.getenv(TOKEN)).map(String::strip).filter(token -> !token.isEmpty());
    }

    /** A finished task and its downloaded files. */
    record RemoteResult(BackendTask task, List<Path> files) {}

    /**
     * Uploads images, waits for the prediction and downloads the files of the export formats. Ending this process cancels
     * the task.
     *
     * @param model model that the user named, if any
     * @param err receives progress
     * @throws IOException if the service cannot be reached or the task fails
     */
    RemoteResult run(
            List<InputImage> images,
            TaskOptions options,
            Optional<String> model,
            Path directory,
            boolean overwrite,
            PrintWriter err)
            throws IOException {
        BackendClient client = new BackendClient(url, tokenFromEnvironment());
        try {
            BackendStatus status = client.status();
            if (model.isPresent() && !model.get().equals(status.model())) {
                throw Check.invalid("--model", status.model() + ", the model of " + url + ", or absent", model.get());
            }
            err.println("da3: " + status.model() + " at " + url);
            err.flush();
            UUID id = upload(client, images, BackendOptions.of(options));
            BackendTask task = awaitEnd(client, id, err);
            if (!task.completed()) {
                throw new IOException(url + ": " + task.error().orElse("the task was " + task.status()));
            }
            List<Path> files = client.download(
                    id,
                    directory,
                    overwrite,
                    path -> isExported(directory.resolve(path), options.job().formats(), directory));
            return new RemoteResult(task, files);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for " + url);
        }
    }

    /** Returns whether a file belongs to an export format; files for the viewer of the service do not. */
    private static boolean isExported(Path file, List<ExportFormat> formats, Path directory) {
        return formats.stream()
                .flatMap(format -> format.resultsIn(directory).stream())
                .anyMatch(file::startsWith);
    }

    /** Uploads image files unchanged, and computed images as PNG. */
    private static UUID upload(BackendClient client, List<InputImage> images, BackendOptions options)
            throws IOException, InterruptedException {
        Path temporary = Files.createTempDirectory("da3-backend");
        try {
            ExportDirectory computed = ExportDirectory.open(temporary);
            List<Path> files = new ArrayList<>();
            for (InputImage image : images) {
                Optional<Path> file = image.file();
                files.add(
                        file.isPresent()
                                ? file.get()
                                : FrameSequence.write(image.source().read(), files.size(), computed));
            }
            return client.upload(files, options);
        } finally {
            try (Stream<Path> paths = Files.walk(temporary)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static BackendTask awaitEnd(BackendClient client, UUID id, PrintWriter err)
            throws IOException, InterruptedException {
        Thread cancel = new Thread(() -> cancel(client, id), "da3 cancel");
        Runtime.getRuntime().addShutdownHook(cancel);
        try (TerminalProgress progress = new TerminalProgress(err)) {
            return client.follow(id, task -> progress.step(task.stage(), (int) Math.round(100 * task.progress()), 100));
        } finally {
            Runtime.getRuntime().removeShutdownHook(cancel);
        }
    }

    private static void cancel(BackendClient client, UUID id) {
        try {
            client.cancel(id);
        } catch (IOException e) {
            // the service has stopped or the task has ended
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
