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

/** Lets a service predict instead of this process. */
@HelpGroup.In(HelpGroup.SERVICE)
final class BackendMixin {

    private static final String TOKEN = "DA3_TOKEN";

    @Option(
            names = "--use-backend",
            description = "Send the work to a running 'da3 backend' and fetch its results; its token is read from the "
                    + "variable " + TOKEN + ".")
    private boolean used;

    @Option(
            names = "--backend-url",
            paramLabel = "URL",
            defaultValue = "http://localhost:8008",
            description = "Address of the service; default ${DEFAULT-VALUE}.")
    private URI url;

    boolean used() {
        return used;
    }

    static Optional<String> tokenOfEnvironment() {
        return Optional.ofNullable(System.getenv(TOKEN)).map(String::strip).filter(token -> !token.isEmpty());
    }

    /** A prediction of the service, fetched. */
    record Fetched(BackendTask task, List<Path> files) {}

    /**
     * Sends photos, waits, and fetches what the formats name. Ending this process cancels the task.
     *
     * @param model the model that the user named, if any
     */
    Fetched run(
            List<PredictMixin.Photo> photos,
            TaskOptions options,
            Optional<String> model,
            Path directory,
            boolean overwrite,
            PrintWriter told)
            throws IOException {
        BackendClient client = new BackendClient(url, tokenOfEnvironment());
        try {
            BackendStatus status = client.status();
            if (model.isPresent() && !model.get().equals(status.model())) {
                throw Check.invalid("--model", status.model() + ", which " + url + " serves, or absent", model.get());
            }
            told.println("da3: " + status.model() + " at " + url);
            told.flush();
            UUID id = send(client, photos, BackendOptions.of(options));
            BackendTask task = followed(client, id, told);
            if (!task.completed()) {
                throw new IOException(url + " says: " + task.error().orElse("the task was " + task.status()));
            }
            List<Path> files = client.download(
                    id,
                    directory,
                    overwrite,
                    path -> belongs(directory.resolve(path), options.job().formats(), directory));
            return new Fetched(task, files);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + url + " works");
        }
    }

    /** The service's own files, for its viewer, stay there. */
    private static boolean belongs(Path file, List<ExportFormat> formats, Path directory) {
        return formats.stream()
                .flatMap(format -> format.resultsIn(directory).stream())
                .anyMatch(file::startsWith);
    }

    /** Photos that are files go as they are; frames and undistorted ones as PNG. */
    private static UUID send(BackendClient client, List<PredictMixin.Photo> photos, BackendOptions options)
            throws IOException, InterruptedException {
        Path made = Files.createTempDirectory("da3-backend");
        try {
            ExportDirectory pictures = ExportDirectory.open(made);
            List<Path> files = new ArrayList<>();
            for (PredictMixin.Photo photo : photos) {
                Optional<Path> file = photo.file();
                files.add(
                        file.isPresent()
                                ? file.get()
                                : FrameSequence.write(photo.source().read(), files.size(), pictures));
            }
            return client.upload(files, options);
        } finally {
            try (Stream<Path> left = Files.walk(made)) {
                for (Path file : left.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static BackendTask followed(BackendClient client, UUID id, PrintWriter told)
            throws IOException, InterruptedException {
        Thread cancel = new Thread(() -> cancel(client, id), "da3 cancel");
        Runtime.getRuntime().addShutdownHook(cancel);
        try (TerminalProgress progress = new TerminalProgress(told)) {
            return client.follow(id, task -> progress.step(task.stage(), (int) Math.round(100 * task.progress()), 100));
        } finally {
            Runtime.getRuntime().removeShutdownHook(cancel);
        }
    }

    private static void cancel(BackendClient client, UUID id) {
        try {
            client.cancel(id);
        } catch (IOException e) {
            // the service is gone, or the task has ended
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
