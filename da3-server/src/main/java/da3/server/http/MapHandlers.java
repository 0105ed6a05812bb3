package da3.server.http;

import da3.geometry.PointCloud;
import da3.server.tasks.TaskService;
import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/** The route for the points of a tile of a running stream. */
final class MapHandlers {

    private static final int MAX_DOWNLOADS = 24;
    private static final int BYTES_PER_POINT = 3 * Float.BYTES + 3;

    private final TaskService tasks;
    private final ConcurrencyLimit downloads = new ConcurrencyLimit(MAX_DOWNLOADS, "downloads");

    MapHandlers(TaskService tasks) {
        this.tasks = tasks;
    }

    List<Route> routes() {
        return List.of(Route.guarded("GET", "/task/{id}/map/{tile}", downloads.limit(this::tile)));
    }

    private void tile(Context ctx) {
        Optional<PointCloud> points =
                TaskIds.call(ctx, 409, tasks::liveMap).flatMap(map -> map.tile(ctx.pathParam("tile")));
        if (points.isEmpty()) {
            throw new HttpError(404, "no such tile: use an id from the events of a running task that streams");
        }
        ctx.contentType(MediaTypes.BYTES).header("Cache-Control", "no-store").result(bytes(points.get()));
    }

    /** Returns the positions of all points as little-endian floats, followed by their colors as bytes. */
    private static byte[] bytes(PointCloud points) {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES_PER_POINT * points.size()).order(ByteOrder.LITTLE_ENDIAN);
        for (float coordinate : points.positions()) {
            bytes.putFloat(coordinate);
        }
        return bytes.put(points.colors()).array();
    }
}
