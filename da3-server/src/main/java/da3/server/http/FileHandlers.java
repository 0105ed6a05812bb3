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

/** Routes for the results of a completed task: the list of files, single files and a ZIP archive of all files. */
final class FileHandlers {

    private static final int MAX_DOWNLOADS = 24;

    private final TaskService tasks;
    private final ConcurrencyLimit downloads = new ConcurrencyLimit(MAX_DOWNLOADS, "downloads");

    FileHandlers(TaskService tasks) {
        this.tasks = tasks;
    }

    List<Route> routes() {
        return List.of(
                Route.guarded("GET", "/task/{id}/files", this::list),
                Route.guarded("GET", "/task/{id}/files/<path>", downloads.limit(this::file)),
                Route.guarded("GET", "/task/{id}/result.zip", downloads.limit(this::zip)));
    }

    private void list(Context ctx) throws IOException {
        Path directory = TaskIds.find(tasks, ctx).directory();
        List<Path> all = TaskIds.call(ctx, 409, tasks.results()::files);
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
            throw HttpError.taskNotFound(); // deleted in the meantime
        }
        Json.respond(ctx, json);
    }

    private void file(Context ctx) throws Exception {
        String path = SafePath.require(ctx.pathParam("path"));
        try (AutoCloseable pin = pin(ctx)) {
            FileResponse.send(ctx, TaskIds.call(ctx, 409, id -> tasks.results().file(id, path)));
        } catch (NoSuchFileException e) {
            throw SafePath.fileNotFound();
        } catch (IllegalArgumentException e) {
            throw new HttpError(400, "the path is outside the results: use a path from /task/ID/files");
        }
    }

    private void zip(Context ctx) throws Exception {
        Task task = TaskIds.find(tasks, ctx);
        try (AutoCloseable pin = pin(ctx)) {
            List<Path> files = TaskIds.call(ctx, 409, tasks.results()::files);
            ctx.contentType("application/zip")
                    .header("Cache-Control", "no-store")
                    .header("Content-Disposition", ContentDisposition.of("attachment", task.name() + ".zip"));
            if (ctx.method().equals(HandlerType.HEAD)) {
                return;
            }
            // Closed only on success: closing writes the central directory, which would make a partial archive look
            // complete.
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
        } catch (NoSuchFileException e) { // deleted in the meantime
            if (ctx.res().isCommitted()) {
                throw e; // aborts the connection, so that the client notices the partial archive
            }
            ctx.res().reset();
            throw HttpError.taskNotFound();
        }
    }

    private AutoCloseable pin(Context ctx) {
        try {
            return tasks.results().pin(TaskIds.of(ctx));
        } catch (NoSuchElementException e) {
            throw HttpError.taskNotFound();
        }
    }

    static String relative(Path directory, Path file) {
        return directory.relativize(file).toString().replace('\\', '/');
    }
}
