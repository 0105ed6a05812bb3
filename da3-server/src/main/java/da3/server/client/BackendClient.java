package da3.server.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Uses a service that runs elsewhere. All failures are {@link IOException}s; where the service has told why, they are
 * {@link BackendException}s with its own sentence.
 *
 * <p>Source: reference file services/inference_service.py, which names paths, uploads nothing and does not wait.
 */
public final class BackendClient {

    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final int STREAMS = 3;
    private static final int TRIES = 10;

    private final Connection connection;
    private final Duration betweenTries;

    /** @param base for instance {@code http://localhost:8008} */
    public BackendClient(URI base, Optional<String> token) {
        this(base, token, BETWEEN_TRIES);
    }

    BackendClient(URI base, Optional<String> token, Duration betweenTries) {
        this.connection = new Connection(base, token);
        this.betweenTries = betweenTries;
    }

    public BackendStatus status() throws IOException, InterruptedException {
        return BackendStatus.of(connection.json(connection.request("status")));
    }

    public BackendTask task(UUID id) throws IOException, InterruptedException {
        return BackendTask.of(connection.json(connection.request("task/" + id)));
    }

    /**
     * Sends photos, or one video, and queues a task.
     *
     * @throws BackendException with status 429 and a time to wait if the queue is full
     */
    public UUID upload(List<Path> files, BackendOptions options) throws IOException, InterruptedException {
        // A service that refuses in the middle of an upload closes the connection, and its sentence may be lost.
        BackendStatus limits = status();
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        if (bytes > limits.maxBodyBytes()) {
            throw new IOException(
                    "the files have " + bytes + " bytes; the service takes up to " + limits.maxBodyBytes());
        }
        if (files.size() > limits.maxViews()) {
            throw new IOException("there are " + files.size() + " files; the service takes up to " + limits.maxViews());
        }
        MultipartUpload form = new MultipartUpload().fields(options.json());
        for (Path file : files) {
            form.file(file);
        }
        return submit(connection
                .request("inference")
                .header("Content-Type", form.contentType())
                .POST(form.body()));
    }

    /**
     * Queues a task of photos that the service reads itself.
     *
     * @param photos absolute, on the service's machine, below a directory that it was started with
     * @param exportDirectory where results go as well, of the same kind
     */
    public UUID submitPaths(List<Path> photos, Optional<Path> exportDirectory, BackendOptions options)
            throws IOException, InterruptedException {
        ObjectNode body = options.json();
        ArrayNode paths = body.putArray("image_paths");
        photos.forEach(photo -> paths.add(photo.toString()));
        exportDirectory.ifPresent(directory -> body.put("export_dir", directory.toString()));
        return submit(connection
                .request("inference")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString())));
    }

    private UUID submit(HttpRequest.Builder request) throws IOException, InterruptedException {
        JsonNode answer;
        try (InputStream body = connection.send(request)) {
            answer = Connection.parse(new String(body.readNBytes(1 << 20), StandardCharsets.UTF_8));
        }
        try {
            return UUID.fromString(answer.path("task_id").asText());
        } catch (IllegalArgumentException e) {
            throw new IOException("the service answers without a task", e);
        }
    }

    /**
     * Waits for the end of a task. Where the stream of its events breaks it is opened again, and where that does not help
     * the service is asked every second.
     *
     * @param progress hears of every change that is seen
     * @return the task when it has ended, however it ended
     * @throws InterruptedException if the thread is interrupted; the task goes on
     */
    public BackendTask follow(UUID id, Consumer<BackendTask> progress) throws IOException, InterruptedException {
        for (int i = 0; i < STREAMS; i++) {
            try {
                Optional<BackendTask> ended = stream(id, progress);
                if (ended.isPresent()) {
                    return ended.get();
                }
            } catch (BackendException e) {
                if (e.status() == 401 || e.status() == 404) {
                    throw e;
                }
            } catch (IOException e) {
                requireNotInterrupted(); // how a broken stream and an interrupt while reading both look
            }
            Thread.sleep(betweenTries.toMillis());
        }
        return poll(id, progress);
    }

    private Optional<BackendTask> stream(UUID id, Consumer<BackendTask> progress)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = connection
                .request("task/" + id + "/events")
                .timeout(Connection.ANSWER)
                .header("Accept", "text/event-stream");
        try (EventStream events = new EventStream(connection.send(request))) {
            for (String data = events.next(); data != null; data = events.next()) {
                requireNotInterrupted();
                BackendTask task = BackendTask.of(Connection.parse(data));
                progress.accept(task);
                if (task.ended()) {
                    return Optional.of(task);
                }
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("the service tells of no task", e);
        }
        return Optional.empty();
    }

    private BackendTask poll(UUID id, Consumer<BackendTask> progress) throws IOException, InterruptedException {
        for (int failures = 0; ; Thread.sleep(betweenTries.toMillis())) {
            try {
                BackendTask task = task(id);
                progress.accept(task);
                if (task.ended()) {
                    return task;
                }
                failures = 0;
            } catch (IOException e) {
                failures++;
                boolean known = e instanceof BackendException refused && refused.status() / 100 == 4;
                if (known || failures == TRIES) {
                    throw e;
                }
            }
        }
    }

    private static void requireNotInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    public BackendTask cancel(UUID id) throws IOException, InterruptedException {
        return BackendTask.of(
                connection.json(connection.request("task/" + id + "/cancel").POST(BodyPublishers.noBody())));
    }

    /** Removes an ended task and its results from the service. */
    public void delete(UUID id) throws IOException, InterruptedException {
        connection.json(connection.request("task/" + id).DELETE());
    }

    /** {@link #download(UUID, Path, boolean, Predicate)} of all files. */
    public List<Path> download(UUID id, Path directory, boolean replace) throws IOException, InterruptedException {
        return download(id, directory, replace, path -> true);
    }

    /**
     * Fetches results; the directory sees none of them before all have come.
     *
     * @param replace whether files that are there may be replaced
     * @param wanted tells by their paths, with {@code /} between names, which files are fetched
     * @return the files
     * @throws java.nio.file.FileAlreadyExistsException if one is there and not to be replaced
     * @throws IOException also if a path would lead out of the directory, or a file is not as long as it should be
     */
    public List<Path> download(UUID id, Path directory, boolean replace, Predicate<String> wanted)
            throws IOException, InterruptedException {
        JsonNode listed =
                connection.json(connection.request("task/" + id + "/files")).path("files");
        try (Download download = new Download(directory)) {
            Map<String, Long> files = new LinkedHashMap<>();
            for (JsonNode file : listed) {
                String path = file.path("path").asText();
                if (wanted.test(path)) {
                    download.place(path, replace);
                    files.put(path, file.path("bytes").asLong(-1));
                }
            }
            for (Map.Entry<String, Long> file : files.entrySet()) {
                HttpRequest.Builder request = connection.request("task/" + id + "/files/" + url(file.getKey()));
                try (InputStream in = connection.send(request.timeout(Connection.ANSWER))) {
                    download.receive(file.getKey(), in, file.getValue());
                }
            }
            return download.finish();
        }
    }

    private static String url(String path) {
        return Arrays.stream(path.split("/"))
                .map(name -> URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
    }
}
