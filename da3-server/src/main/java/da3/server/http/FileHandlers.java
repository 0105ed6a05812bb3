package da3.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.server.tasks.Task;
import da3.server.tasks.TaskService;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The results of a completed task: their list, one by one, or all in one archive. */
final class FileHandlers {

    private static final int DOWNLOADS = 24;

    private final TaskService tasks;
    private final ConcurrencyLimit downloads = new ConcurrencyLimit(DOWNLOADS, "downloads");

    FileHandlers(TaskService tasks) {
        this.tasks = tasks;
    }

    List<Route> routes() {
        return List.of(
                Route.guarded("GET", "/task/{id}/files", this::list),
                Route.guarded("GET", "/task/{id}/files/<path>", downloads.around(this::file)),
                Route.guarded("GET", "/task/{id}/result.zip", downloads.around(this::zip)));
    }

    private void list(Context ctx) throws IOException {
        Path directory = TaskIds.find(tasks, ctx).directory();
        List<Path> all = TaskIds.ask(ctx, 409, tasks.results()::files);
        ObjectNode json = Json.object();
        ArrayNode files = json.putArray("files");
        try {
            for (Path file : all) {
                String path = relative(directory, file);
                files.addObject()
                        .put("path", path)
                        .put("bytes", Files.size(file))
                        .put("content_type", MediaTypes.ofResult(path));
            }
        } catch (NoSuchFileException e) {
            throw HttpError.unknownTask(); // deleted meanwhile
        }
        Json.answer(ctx, json);
    }

    private void file(Context ctx) throws Exception {
        String path = SafePath.require(ctx.pathParam("path"));
        try (AutoCloseable held = hold(ctx)) {
            FileResponse.send(ctx, TaskIds.ask(ctx, 409, id -> tasks.results().file(id, path)));
        } catch (NoSuchFileException e) {
            throw SafePath.absent();
        } catch (IllegalArgumentException e) {
            throw new HttpError(400, "the path leads out of the results: use one that /task/ID/files lists");
        }
    }

    private void zip(Context ctx) throws Exception {
        Task task = TaskIds.find(tasks, ctx);
        try (AutoCloseable held = hold(ctx)) {
            List<Path> files = TaskIds.ask(ctx, 409, tasks.results()::files);
            ctx.contentType("application/zip")
                    .header("Cache-Control", "no-store")
                    .header("Content-Disposition", ContentDisposition.of("attachment", task.name() + ".zip"));
            if (ctx.method().equals(HandlerType.HEAD)) {
                return;
            }
            // Closed only if all went well: closing writes an end, and what was cut off would pass for whole.
            ZipOutputStream zip = new ZipOutputStream(ctx.res().getOutputStream());
            zip.setLevel(Deflater.BEST_SPEED);
            for (Path file : files) {
                ZipEntry entry = new ZipEntry(SafePath.require(relative(task.directory(), file)));
                entry.setLastModifiedTime(FileTime.from(task.completedAt().orElse(task.createdAt())));
                zip.putNextEntry(entry);
                Files.copy(file, zip);
                zip.closeEntry();
            }
            zip.close();
        } catch (NoSuchFileException e) { // deleted meanwhile
            if (ctx.res().isCommitted()) {
                throw e; // what was sent is not all, and must not pass for whole
            }
            ctx.res().reset();
            throw HttpError.unknownTask();
        }
    }

    private AutoCloseable hold(Context ctx) {
        try {
            return tasks.results().hold(TaskIds.of(ctx));
        } catch (NoSuchElementException e) {
            throw HttpError.unknownTask();
        }
    }

    static String relative(Path directory, Path file) {
        return directory.relativize(file).toString().replace('\\', '/');
    }
}
