package da3.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.core.ErrorMessage;
import da3.export.ExportFormat;
import da3.geometry.DegenerateGeometryException;
import da3.geometry.check.Check;
import da3.io.ImageFormatException;
import da3.server.tasks.DoesNotFitException;
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

/** Takes photos or a video in, as an upload or by their paths on this machine, and queues a task. */
final class InferenceHandler {

    private static final System.Logger LOG = System.getLogger(InferenceHandler.class.getName());
    private static final int UPLOADS = 8;
    private static final long MAX_JSON_BYTES = 1 << 22;
    private static final double FRAMES_PER_SECOND = 1;

    private final TaskService tasks;
    private final ServerSettings settings;
    private final AllowedRoots roots;
    private final Consumer<Task> queued;
    private final ConcurrencyLimit uploads = new ConcurrencyLimit(UPLOADS, "uploads");

    /** @param queued hears of every new task */
    InferenceHandler(TaskService tasks, ServerSettings settings, AllowedRoots roots, Consumer<Task> queued) {
        this.tasks = tasks;
        this.settings = settings;
        this.roots = roots;
        this.queued = queued;
    }

    List<Route> routes() {
        return List.of(Route.guarded("POST", "/inference", uploads.around(this::infer)));
    }

    private void infer(Context ctx) throws IOException {
        String type = ctx.contentType();
        if (type != null && JsonBody.mediaType(type).equals("multipart/form-data")) {
            upload(ctx, type);
        } else if (JsonBody.isJson(ctx)) {
            paths(ctx);
        } else {
            throw new HttpError(
                    415,
                    Check.message(
                            "type of the body",
                            "application/json or multipart/form-data",
                            SafeText.shortened(String.valueOf(type))));
        }
    }

    private void paths(Context ctx) throws IOException {
        long maxBytes = Math.min(settings.maxBodyBytes(), MAX_JSON_BYTES);
        InferenceFields fields = InferenceFields.ofJson(JsonBody.read(ctx, maxBytes, settings.bodyTimeout()));
        requireAtMost(fields.imagePaths().size());
        List<Form.Sent> files = new ArrayList<>();
        for (String path : fields.imagePaths()) {
            files.add(new Form.Sent(path, roots.file("image_paths", path)));
        }
        Optional<Path> exportDirectory = Optional.empty();
        if (fields.exportDirectory().isPresent()) {
            exportDirectory = Optional.of(
                    roots.directory("export_dir", fields.exportDirectory().get()));
        }
        Task task = submit(files, fields, exportDirectory, null);
        announce(task);
        answer(ctx, task);
    }

    private void upload(Context ctx, String type) throws IOException {
        RequestBody body = new RequestBody(ctx, settings.maxBodyBytes(), settings.bodyTimeout());
        Path folder = tasks.newUpload();
        boolean taken = false;
        try {
            Form form = FormReader.read(body, type, folder, maxFiles());
            InferenceFields fields = InferenceFields.ofForm(form.fields());
            Task task = submit(form.files(), fields, Optional.empty(), folder);
            taken = true; // from here on the upload is the task's, whatever fails
            announce(task);
            answer(ctx, task);
        } finally {
            if (!taken) {
                tasks.discardUpload(folder);
            }
        }
    }

    private int maxFiles() {
        return Math.min(settings.maxFiles(), tasks.settings().maxViews());
    }

    private void requireAtMost(int files) {
        if (files > maxFiles()) {
            throw HttpError.illegal(Check.message("number of photos", "at most " + maxFiles(), files));
        }
    }

    /** @param upload whose path is not for others to know; null where there is none */
    private Task submit(List<Form.Sent> files, InferenceFields fields, Optional<Path> exportDirectory, Path upload)
            throws IOException {
        TaskInput input = input(files, fields.fps());
        String name = fields.name().orElse(String.valueOf(files.get(0).file().getFileName()));
        try {
            return tasks.submit(input, fields.options(), name, exportDirectory);
        } catch (QueueFullException e) {
            throw new HttpError(429, e.getMessage()).withRetryAfter(e.retryAfter());
        } catch (DoesNotFitException e) {
            throw HttpError.illegal(e.getMessage())
                    .withFigure("needed_bytes", e.neededBytes())
                    .withFigure("available_bytes", e.availableBytes())
                    .withFigure("views_that_fit", e.viewsThatFit());
        } catch (IllegalArgumentException | DegenerateGeometryException e) {
            throw HttpError.illegal(withoutFolder(e, upload));
        } catch (FileAlreadyExistsException e) {
            throw HttpError.illegal("export_dir holds results already: " + withoutFolder(e, upload));
        } catch (IOException e) {
            if (isOfFile(e) || isOfFile(e.getCause())) {
                throw HttpError.illegal(withoutFolder(e, upload));
            }
            throw e;
        } catch (IllegalStateException e) {
            if (e.getCause() == null) {
                throw new HttpError(503, "the service is stopping");
            }
            LOG.log(Level.WARNING, "a task cannot be queued", e);
            throw new HttpError(503, "the model cannot be loaded; the service's log says why");
        }
    }

    /** The task is queued, and its sender is to know that whoever else hears of it. */
    private void announce(Task task) {
        try {
            queued.accept(task);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "task " + task.id() + " is queued, and is not counted", e);
        }
    }

    private static boolean isOfFile(Throwable e) {
        return e instanceof ImageFormatException || e instanceof VideoException;
    }

    private static String withoutFolder(Exception e, Path upload) {
        String sentence = ErrorMessage.of(e);
        return upload == null ? sentence : sentence.replace(upload + "/", "");
    }

    private static TaskInput input(List<Form.Sent> files, Optional<Double> fps) throws IOException {
        if (files.isEmpty()) {
            throw HttpError.illegal(Check.message("number of photos", "at least 1, or one video", 0));
        }
        List<Form.Sent> videos = new ArrayList<>();
        for (Form.Sent file : files) {
            if (FileKind.of(file.file(), file.name()) == FileKind.VIDEO) {
                videos.add(file);
            }
        }
        if (!videos.isEmpty() && files.size() > 1) {
            throw HttpError.illegal(SafeText.shortened(videos.get(0).name())
                    + " is a video, which must be the only file, got " + files.size() + " files");
        }
        if (videos.isEmpty() && fps.isPresent()) {
            throw HttpError.illegal(Check.message("fps", "absent without a video", fps.get()));
        }
        try {
            return videos.isEmpty()
                    ? new TaskInput.Photos(files.stream().map(Form.Sent::file).toList())
                    : new TaskInput.Video(videos.get(0).file(), fps.orElse(FRAMES_PER_SECOND));
        } catch (IllegalArgumentException e) {
            throw HttpError.illegal("fps: " + e.getMessage());
        }
    }

    private static void answer(Context ctx, Task task) {
        ObjectNode json = Json.object();
        json.put("success", true);
        json.put("message", "the task is queued");
        json.put("task_id", task.id().toString());
        Json.putText(json, "export_dir", task.exportDirectory().map(Path::toString));
        json.put("export_format", ExportFormat.ids(task.options().job().formats()));
        json.putNull("processing_time");
        ctx.header("Location", "/task/" + task.id());
        Json.answer(ctx, 202, json);
    }
}
