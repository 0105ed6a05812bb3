package da3.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.server.http.ContentDisposition.Percent;
import da3.server.http.Gallery.GalleryScene;
import da3.server.tasks.MapDescription;
import da3.server.tasks.SceneDescription;
import da3.server.tasks.SceneFolder;
import da3.server.tasks.Task;
import da3.server.tasks.TaskService;
import da3.server.tasks.TaskStatus;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Collectors;

/** Routes for viewable scenes: completed tasks of this service, and folders of a gallery. */
final class GalleryHandlers {

    /** The group of completed tasks; it hides a gallery folder of the same name. */
    private static final String RESULTS = "results";

    private static final String JSON = ".json";
    private static final int MAX_DOWNLOADS = 24;

    private final TaskService tasks;
    private final Optional<Gallery> gallery;
    private final ConcurrencyLimit downloads = new ConcurrencyLimit(MAX_DOWNLOADS, "downloads");

    GalleryHandlers(TaskService tasks, Optional<Gallery> gallery) {
        this.tasks = tasks;
        this.gallery = gallery;
    }

    List<Route> routes() {
        return List.of(
                Route.guarded("GET", "/gallery/manifest.json", this::groups),
                Route.guarded("GET", "/gallery/manifest/{group}", this::scenes),
                Route.guarded("GET", "/gallery/{group}/{scene}/<file>", downloads.limit(this::file)));
    }

    private void groups(Context ctx) throws IOException {
        ObjectNode json = Json.object();
        ArrayNode groups = json.putArray("groups");
        groups.addObject().put("id", RESULTS).put("count", results().size());
        if (gallery.isPresent()) {
            for (String group : gallery.get().groups()) {
                int count = gallery.get().scenes(group).map(List::size).orElse(0);
                if (!group.equals(RESULTS) && count > 0) {
                    groups.addObject().put("id", group).put("count", count);
                }
            }
        }
        Json.respond(ctx, json);
    }

    private void scenes(Context ctx) throws IOException {
        String file = ctx.pathParam("group");
        if (!file.endsWith(JSON)) {
            throw new HttpError(
                    404, "no such group: use the name of a group in /gallery/manifest.json, followed by " + JSON);
        }
        String group = file.substring(0, file.length() - JSON.length());
        ObjectNode json = Json.object();
        ArrayNode scenes = json.putArray("scenes");
        if (group.equals(RESULTS)) {
            results().forEach(task -> put(scenes, task));
        } else {
            Optional<List<GalleryScene>> found =
                    gallery.isPresent() ? gallery.get().scenes(group) : Optional.empty();
            found.orElseThrow(() ->
                            new HttpError(404, "no such group: use the name of a group in /gallery/manifest.json"))
                    .forEach(scene -> put(scenes, group, scene, gallery.get().description(group, scene.id())));
        }
        Json.respond(ctx, json);
    }

    private void file(Context ctx) throws IOException {
        if (gallery.isEmpty()) {
            throw SafePath.fileNotFound();
        }
        String group = ctx.pathParam("group");
        String scene = ctx.pathParam("scene");
        String file = ctx.pathParam("file");
        if (file.equals(SceneFolder.DESCRIPTION)) {
            Json.respond(
                    ctx,
                    TaskJson.of(
                            gallery.get().description(group, scene).orElseThrow(SafePath::fileNotFound),
                            Optional.empty()));
        } else {
            FileResponse.send(ctx, gallery.get().file(group, scene, file));
        }
    }

    private List<Task> results() {
        return tasks.tasks().stream()
                .filter(task -> task.status() == TaskStatus.COMPLETED)
                .filter(task -> has(task, Gallery.GLB) || has(task, MapDescription.FILE))
                .toList();
    }

    private static boolean has(Task task, String file) {
        return Files.isRegularFile(task.directory().resolve(file));
    }

    private void put(ArrayNode scenes, Task task) {
        List<String> files;
        try {
            files = tasks.results().files(task.id()).stream()
                    .map(file -> FileHandlers.relative(task.directory(), file))
                    .toList();
        } catch (NoSuchElementException | IllegalStateException | IOException e) {
            return; // deleted in the meantime
        }
        String base = "/task/" + task.id() + "/files/";
        ObjectNode json = scenes.addObject();
        json.put("id", task.id().toString());
        json.put("name", task.name());
        Json.putText(
                json,
                "thumbnail",
                files.contains(Gallery.COVER) ? Optional.of(base + Gallery.COVER) : Optional.empty());
        Json.putText(
                json, "glb", Optional.of(Gallery.GLB).filter(files::contains).map(base::concat));
        Json.putTime(json, "created_at", Optional.of(task.createdAt()));
        json.put("num_images", task.views());
        json.put("task_id", task.id().toString());
        json.put("scene", "/task/" + task.id() + "/scene");
        ArrayNode depth = json.putArray("depth");
        files.stream()
                .filter(file -> file.startsWith(Gallery.DEPTH + "/"))
                .forEach(file -> depth.add(base + url(file)));
    }

    private static void put(
            ArrayNode scenes, String group, GalleryScene scene, Optional<SceneDescription> description) {
        String base = "/gallery/" + url(group + "/" + scene.id()) + "/";
        ObjectNode json = scenes.addObject();
        json.put("id", scene.id());
        json.put("name", description.map(SceneDescription::name).orElse(scene.id()));
        json.put("thumbnail", base + Gallery.COVER);
        json.put("glb", base + Gallery.GLB);
        Json.putTime(json, "created_at", Optional.of(scene.createdAt()));
        int views =
                description.map(it -> it.views().size()).orElse(scene.depth().size());
        if (views == 0) {
            json.putNull("num_images");
        } else {
            json.put("num_images", views);
        }
        json.putNull("task_id");
        Json.putText(json, "scene", description.map(it -> base + SceneFolder.DESCRIPTION));
        ArrayNode depth = json.putArray("depth");
        scene.depth().forEach(name -> depth.add(base + Gallery.DEPTH + "/" + url(name)));
    }

    private static String url(String path) {
        return Arrays.stream(path.split("/")).map(Percent::encoded).collect(Collectors.joining("/"));
    }
}
