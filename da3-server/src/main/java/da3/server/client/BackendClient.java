package da3.server.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.geometry.check.Check;
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
 * A client of a service in another process. Error responses are thrown as {@link BackendException}s with the message of
 * the service, and other failures as {@link IOException}s.
 *
 * <p>Source: reference file services/inference_service.py, which submits paths only and does not wait for tasks.
 */
public final class BackendClient {

    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);
    private static final int MAX_STREAMS = 3;
    private static final int MAX_POLL_FAILURES = 10;

    private final Connection connection;
    private final Duration retryDelay;

    /**
     * Creates a client.
     *
     * @param base address of the service, for instance {@code http://localhost:8008}
     * @param token token of the service, if it requires one
     */
    public BackendClient(URI base, Optional<String> token) {
        this(base, token, RETRY_DELAY);
    }

    BackendClient(URI base, Optional<String> token, Duration retryDelay) {
        this.connection = new Connection(base, token);
        this.retryDelay = retryDelay;
    }

    public BackendStatus status() throws IOException, InterruptedException {
        return BackendStatus.of(connection.json(connection.request("status")));
    }

    public BackendTask task(UUID id) throws IOException, InterruptedException {
        return BackendTask.of(connection.json(connection.request("task/" + id)));
    }

    /**
     * Uploads images or one video, and queues a task.
     *
     * @throws BackendException with status 429 and a waiting time if the queue is full
     */
    public UUID upload(List<Path> files, BackendOptions options) throws IOException, InterruptedException {
        // Checked here, since a service that rejects an upload midway closes the connection, and its response may be
        // lost.
        BackendStatus limits = status();
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        if (bytes > limits.maxBodyBytes()) {
            throw new IOException(Check.message(
                    "size of the files", "at most " + limits.maxBodyBytes() + " bytes", bytes + " bytes"));
        }
        if (files.size() > limits.maxViews()) {
            throw new IOException(Check.message("number of files", "at most " + limits.maxViews(), files.size()));
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
     * Queues a task for images on the machine of the service.
     *
     * @param images absolute paths on the machine of the service, inside its allowed directories
     * @param exportDirectory folder that receives a copy of the results, inside an allowed directory
     */
    public UUID submitPaths(List<Path> images, Optional<Path> exportDirectory, BackendOptions options)
            throws IOException, InterruptedException {
        ObjectNode body = options.json();
        ArrayNode paths = body.putArray("image_paths");
        images.forEach(image -> paths.add(image.toString()));
        exportDirectory.ifPresent(directory -> body.put("export_dir", directory.toString()));
        return submit(connection
                .request("inference")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString())));
    }

    private UUID submit(HttpRequest.Builder request) throws IOException, InterruptedException {
        JsonNode response;
        try (InputStream body = connection.send(request)) {
            response = Connection.parse(new String(body.readNBytes(1 << 20), StandardCharsets.UTF_8));
        }
        try {
            return UUID.fromString(response.path("task_id").asText());
        } catch (IllegalArgumentException e) {
            throw new IOException("the service sent a response without a task id", e);
        }
    }

    /**
     * Waits for the end of a task. A broken event stream is reopened up to three times; after that the service is polled
     * every second.
     *
     * @param progress listener for all observed changes
     * @return the ended task, also if it failed or was cancelled
     * @throws InterruptedException if the thread is interrupted; the task continues
     */
    public BackendTask follow(UUID id, Consumer<BackendTask> progress) throws IOException, InterruptedException {
        for (int i = 0; i < MAX_STREAMS; i++) {
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
                requireNotInterrupted(); // an interrupt while reading also causes an IOException
            }
            Thread.sleep(retryDelay.toMillis());
        }
        return poll(id, progress);
    }

    private Optional<BackendTask> stream(UUID id, Consumer<BackendTask> progress)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = connection
                .request("task/" + id + "/events")
                .timeout(Connection.RESPONSE_TIMEOUT)
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
            throw new IOException("the service sent an event without a task", e);
        }
        return Optional.empty();
    }

    private BackendTask poll(UUID id, Consumer<BackendTask> progress) throws IOException, InterruptedException {
        for (int failures = 0; ; Thread.sleep(retryDelay.toMillis())) {
            try {
                BackendTask task = task(id);
                progress.accept(task);
                if (task.ended()) {
                    return task;
                }
                failures = 0;
            } catch (IOException e) {
                failures++;
                boolean isClientError = e instanceof BackendException error && error.status() / 100 == 4;
                if (isClientError || failures == MAX_POLL_FAILURES) {
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

    /** Deletes an ended task and its results on the service. */
    public void delete(UUID id) throws IOException, InterruptedException {
        connection.json(connection.request("task/" + id).DELETE());
    }

    /** Downloads all results, like {@link #download(UUID, Path, boolean, Predicate)}. */
    public List<Path> download(UUID id, Path directory, boolean replace) throws IOException, InterruptedException {
        return download(id, directory, replace, path -> true);
    }

    /**
     * Downloads results. They appear in the directory once all are complete.
     *
     * @param replace whether existing files may be replaced
     * @param filter selects files by path, with {@code /} between names
     * @return the downloaded files
     * @throws java.nio.file.FileAlreadyExistsException if a file exists and must not be replaced
     * @throws IOException also if a path is outside the directory, or a file has an unexpected size
     */
    public List<Path> download(UUID id, Path directory, boolean replace, Predicate<String> filter)
            throws IOException, InterruptedException {
        JsonNode listed =
                connection.json(connection.request("task/" + id + "/files")).path("files");
        try (Download download = new Download(directory)) {
            Map<String, Long> files = new LinkedHashMap<>();
            for (JsonNode file : listed) {
                String path = file.path("path").asText();
                if (filter.test(path)) {
                    download.add(path, replace);
                    files.put(path, file.path("bytes").asLong(-1));
                }
            }
            for (Map.Entry<String, Long> file : files.entrySet()) {
                HttpRequest.Builder request = connection.request("task/" + id + "/files/" + url(file.getKey()));
                try (InputStream in = connection.send(request.timeout(Connection.RESPONSE_TIMEOUT))) {
                    download.receive(file.getKey(), in, file.getValue());
                }
            }
            return download.commit();
        }
    }

    private static String url(String path) {
        return Arrays.stream(path.split("/"))
                .map(name -> URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
    }
}
