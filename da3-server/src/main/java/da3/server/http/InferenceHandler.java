package da3.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.core.ErrorMessage;
import da3.export.ExportFormat;
import da3.geometry.DegenerateGeometryException;
import da3.geometry.check.Check;
import da3.io.ImageFormatException;
import da3.server.tasks.InsufficientMemoryException;
import da3.server.tasks.QueueFullException;
import da3.server.tasks.Task;
import da3.server.tasks.TaskInput;
import da3.server.tasks.TaskService;
import da3.server.wire.SafeText;
import da3.video.VideoException;
import io.javalin.http.Context;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The route {@code POST /inference}, which queues a task for uploaded files or for files on this machine. */
final class InferenceHandler {

    private static final System.Logger LOG = System.getLogger(InferenceHandler.class.getName());
    private static final int MAX_UPLOADS = 8;
    private static final long MAX_JSON_BYTES = 1 << 22;
    private static final double DEFAULT_FPS = 1;

    private final TaskService tasks;
    private final ServerSettings settings;
    private final AllowedRoots roots;
    private final Consumer<Task> onQueued;
    private final ConcurrencyLimit uploads = new ConcurrencyLimit(MAX_UPLOADS, "uploads");

    /** @param onQueued called with every new task */
    InferenceHandler(TaskService tasks, ServerSettings settings, AllowedRoots roots, Consumer<Task> onQueued) {
        this.tasks = tasks;
        this.settings = settings;
        this.roots = roots;
        this.onQueued = onQueued;
    }

    List<Route> routes() {
        return List.of(Route.guarded("POST", "/inference", uploads.limit(this::infer)));
    }

    private void infer(Context ctx) throws IOException {
        String type = ctx.contentType();
        if (type != null && JsonBody.mediaType(type).equals("multipart/form-data")) {
            upload(ctx, type);
        } else if (JsonBody.isJson(ctx)) {
            submitPaths(ctx);
        } else {
            throw new HttpError(
                    415,
                    Check.message(
                            "type of the body",
                            "application/json or multipart/form-data",
                            SafeText.sanitize(String.valueOf(type))));
        }
    }

    private void submitPaths(Context ctx) throws IOException {
        long maxBytes = Math.min(settings.maxBodyBytes(), MAX_JSON_BYTES);
        InferenceFields fields = InferenceFields.ofJson(JsonBody.read(ctx, maxBytes, settings.bodyTimeout()));
        int files = fields.imagePaths().size();
        int maxFiles = fields.options().stream().isPresent() ? tasks.settings().maxFrames() : maxFiles();
        if (files > maxFiles) {
            throw HttpError.unprocessable(Check.message("number of images", "at most " + maxFiles, files));
        }
        List<Form.InputFile> inputs = new ArrayList<>();
        for (String path : fields.imagePaths()) {
            inputs.add(new Form.InputFile(path, roots.file("image_paths", path)));
        }
        Optional<Path> exportDirectory = Optional.empty();
        if (fields.exportDirectory().isPresent()) {
            exportDirectory = Optional.of(
                    roots.directory("export_dir", fields.exportDirectory().get()));
        }
        Task task = submit(inputs, fields, exportDirectory, null);
        announce(task);
        respond(ctx, task);
    }

    private void upload(Context ctx, String type) throws IOException {
        RequestBody body = new RequestBody(ctx, settings.maxBodyBytes(), settings.bodyTimeout());
        Path folder = tasks.newUpload();
        boolean submitted = false;
        try {
            Form form = FormReader.read(body, type, folder, maxFiles());
            InferenceFields fields = InferenceFields.ofForm(form.fields());
            Task task = submit(form.files(), fields, Optional.empty(), folder);
            submitted = true; // the task owns the upload now, even if a later step fails
            announce(task);
            respond(ctx, task);
        } finally {
            if (!submitted) {
                tasks.deleteUpload(folder);
            }
        }
    }

    private int maxFiles() {
        return Math.min(settings.maxFiles(), tasks.settings().maxViews());
    }

    /** @param upload upload folder, which is removed from messages; null without an upload */
    private Task submit(List<Form.InputFile> files, InferenceFields fields, Optional<Path> exportDirectory, Path upload)
            throws IOException {
        TaskInput input = input(files, fields.fps());
        String name = fields.name().orElse(String.valueOf(files.get(0).file().getFileName()));
        try {
            return tasks.submit(input, fields.options(), name, exportDirectory);
        } catch (QueueFullException e) {
            throw new HttpError(429, e.getMessage()).withRetryAfter(e.retryAfter());
        } catch (InsufficientMemoryException e) {
            throw HttpError.unprocessable(e.getMessage())
                    .withNumber("needed_bytes", e.neededBytes())
                    .withNumber("available_bytes", e.availableBytes())
                    .withNumber("views_that_fit", e.viewsThatFit());
        } catch (IllegalArgumentException | DegenerateGeometryException e) {
            throw HttpError.unprocessable(withoutFolder(e, upload));
        } catch (FileAlreadyExistsException e) {
            throw HttpError.unprocessable("export_dir already contains results: " + withoutFolder(e, upload));
        } catch (IOException e) {
            if (isFileError(e) || isFileError(e.getCause())) {
                throw HttpError.unprocessable(withoutFolder(e, upload));
            }
            throw e;
        } catch (IllegalStateException e) {
            if (e.getCause() == null) {
                throw new HttpError(503, "the service is stopping");
            }
            LOG.log(Level.WARNING, "cannot queue a task", e);
            throw new HttpError(503, "the model cannot be loaded; the log of the service contains the cause");
        }
    }

    /** Calls the listener. Its failure does not fail the request, since the task is already queued. */
    private void announce(Task task) {
        try {
            onQueued.accept(task);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "task " + task.id() + " is queued, but not counted", e);
        }
    }

    private static boolean isFileError(Throwable e) {
        return e instanceof ImageFormatException || e instanceof VideoException;
    }

    private static String withoutFolder(Exception e, Path upload) {
        String message = ErrorMessage.of(e);
        return upload == null ? message : message.replace(upload + "/", "");
    }

    private static TaskInput input(List<Form.InputFile> files, Optional<Double> fps) throws IOException {
        if (files.isEmpty()) {
            throw HttpError.unprocessable(Check.message("number of images", "at least 1, or one video", 0));
        }
        List<Form.InputFile> videos = new ArrayList<>();
        for (Form.InputFile file : files) {
            if (FileKind.of(file.file(), file.name()) == FileKind.VIDEO) {
                videos.add(file);
            }
        }
        if (!videos.isEmpty() && files.size() > 1) {
            throw HttpError.unprocessable(Check.message(
                    "number of files with the video "
                            + SafeText.sanitize(videos.get(0).name()),
                    "1",
                    files.size()));
        }
        if (videos.isEmpty() && fps.isPresent()) {
            throw HttpError.unprocessable(Check.message("fps", "absent without a video", fps.get()));
        }
        try {
            return videos.isEmpty()
                    ? new TaskInput.Images(
                            files.stream().map(Form.InputFile::file).toList())
                    : new TaskInput.Video(videos.get(0).file(), fps.orElse(DEFAULT_FPS));
        } catch (IllegalArgumentException e) {
            throw HttpError.unprocessable("fps: " + e.getMessage());
        }
    }

    private static void respond(Context ctx, Task task) {
        ObjectNode json = Json.object();
        json.put("success", true);
        json.put("message", "the task is queued");
        json.put("task_id", task.id().toString());
        Json.putText(json, "export_dir", task.exportDirectory().map(Path::toString));
        json.put("export_format", ExportFormat.ids(task.options().job().formats()));
        json.putNull("processing_time");
        ctx.header("Location", "/task/" + task.id());
        Json.respond(ctx, 202, json);
    }
}
