package da3.cli;

import da3.core.Request;
import da3.export.ExportFormat;
import da3.export.ExportOptions;
import da3.geometry.Pose;
import da3.io.ExportDirectory;
import da3.io.FrameSequence;
import da3.server.client.BackendClient;
import da3.server.client.BackendOptions;
import da3.server.client.BackendStatus;
import da3.server.client.BackendTask;
import da3.server.tasks.TaskOptions;
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

/** Whether a service computes in place of this process, and which. */
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
            description = "Where it serves; default ${DEFAULT-VALUE}.")
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
     * @param model that the user named, if one
     */
    Fetched run(
            List<PredictMixin.Photo> photos,
            Request request,
            List<ExportFormat> formats,
            ExportOptions options,
            Optional<String> model,
            Path directory,
            boolean overwrite,
            PrintWriter told)
            throws IOException {
        BackendClient client = new BackendClient(url, tokenOfEnvironment());
        try {
            BackendStatus status = client.status();
            if (model.isPresent() && !model.get().equals(status.model())) {
                throw new IllegalArgumentException("--model is " + model.get() + ", and " + url + " serves "
                        + status.model() + "; legal: its model, or no --model");
            }
            told.println("da3: " + status.model() + " at " + url);
            told.flush();
            UUID id = send(client, photos, options(request, formats, options));
            BackendTask task = followed(client, id, told);
            if (!task.completed()) {
                throw new IOException(url + " says: " + task.error().orElse("the task was " + task.status()));
            }
            List<Path> files = client.download(
                    id, directory, overwrite, path -> belongs(directory.resolve(path), formats, directory));
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

    private static BackendOptions options(Request request, List<ExportFormat> formats, ExportOptions export) {
        TaskOptions options = TaskOptions.defaults()
                .withFormats(formats)
                .withResolution(request.resolution(), request.resizeMethod())
                .withFeatureLayers(request.featureLayers())
                .withAlignDepth(request.alignDepth())
                .withPosesFromRays(request.posesFromRays())
                .withReferenceView(request.referenceView())
                .withSeed(request.seed())
                .withConfidencePercentile(export.glb().confidencePercentile())
                .withMaxPoints(export.glb().maxPoints())
                .withShowCameras(export.glb().showCameras())
                .withFeatureFramesPerSecond(export.featureFramesPerSecond());
        List<Pose> poses = List.copyOf(request.poses().values());
        options = poses.isEmpty() ? options : options.withExtrinsics(poses);
        return BackendOptions.of(
                request.intrinsics().isPresent()
                        ? options.withIntrinsics(request.intrinsics().get())
                        : options);
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
