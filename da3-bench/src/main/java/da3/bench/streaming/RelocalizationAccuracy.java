package da3.bench.streaming;

import da3.core.DepthAnything3;
import da3.core.InferenceOptions;
import da3.geometry.Pose;
import da3.streaming.StreamingListener;
import da3.streaming.StreamingMap;
import da3.streaming.StreamingOptions;
import da3.streaming.WindowPredictor;
import da3.streaming.frame.FrameSource;
import da3.streaming.frame.GivenPoses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Prints how exactly photos are located in maps of the routes of {@link StreamingAccuracy}, and how many photos of another
 * building are placed nevertheless: {@code RelocalizationAccuracy DIRECTORY [PHOTOS [WIDTHxHEIGHT [STEP [ALIASED
 * [MODEL]]]]]}. Without MODEL an oracle predicts map and photos, and the map has its drift. With a model the map has the
 * true poses of its frames; a circle through a room is then measured, too.
 */
public final class RelocalizationAccuracy {

    private static final StreamingOptions OPTIONS = StreamingOptions.defaults().withWindow(16, 4);

    private static final long SEED = 1;

    private static final int ROOM_VIEWS = 90;

    private RelocalizationAccuracy() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        int photos = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 40;
        String[] size = (arguments.length > 2 ? arguments[2] : "84x56").split("x", 2);
        double step = arguments.length > 3 ? Double.parseDouble(arguments[3]) : 0.3;
        double aliased = arguments.length > 4 ? Double.parseDouble(arguments[4]) : 0.25;
        int width = Integer.parseInt(size[0]);
        int height = Integer.parseInt(size[1]);
        System.out.println("| route | frames | photos | placed | within 5 cm and 2 degrees | of the nearest frame |"
                + " within 20 cm and 5 degrees | off by more than 1 m | median error | photos elsewhere | placed |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|---|");
        if (arguments.length > 5) {
            PhotoSet room = PhotoSet.room(ROOM_VIEWS, width, height);
            print(
                    "room",
                    room.route().size(),
                    withModel(room, arguments[5], Math.max(width, height), directory.resolve("room")));
        }
        CorridorBuilding building = new CorridorBuilding();
        for (Route route : Route.values()) {
            RouteViews views = RouteViews.render(building, route, step, width, height);
            PhotoSet set = PhotoSet.render(building, views, photos, SEED);
            Path map = directory.resolve(route.name());
            RelocalizationResult result = arguments.length > 5
                    ? withModel(set, arguments[5], Math.max(width, height), map)
                    : withOracle(set, building, route.poses(step), aliased, map);
            print(route.title(), views.size(), result);
        }
    }

    private static RelocalizationResult withOracle(
            PhotoSet set, CorridorBuilding building, List<Pose> poses, double aliased, Path directory)
            throws IOException {
        Appearance appearance = Appearance.draw(building, poses, aliased, 3 * OPTIONS.window(), SEED);
        BuildingOracle oracle =
                new BuildingOracle(set.all(), set.appearance(appearance), BuildingOracle.Errors.usual(), SEED);
        return result(set, set.route(), oracle, directory);
    }

    private static RelocalizationResult withModel(PhotoSet set, String name, int resolution, Path directory)
            throws IOException {
        Map<Long, Pose> poses = new HashMap<>();
        for (int i = 0; i < set.route().size(); i++) {
            poses.put((long) i, set.route().camera(i).pose());
        }
        InferenceOptions inference =
                InferenceOptions.builder().resolution(resolution).build();
        try (DepthAnything3 model = DepthAnything3.load(name)) {
            WindowPredictor predictor = WindowPredictor.of(model, name, inference);
            return result(set, set.route().posed(GivenPoses.of(poses)), predictor, directory);
        }
    }

    private static RelocalizationResult result(
            PhotoSet set, FrameSource source, WindowPredictor predictor, Path directory) throws IOException {
        try (StreamingMap map = StreamingMap.open(directory, predictor, OPTIONS)) {
            map.run(source, StreamingListener.SILENT);
            return RelocalizationResult.of(map, set);
        }
    }

    private static void print(String title, int frames, RelocalizationResult r) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d | %d | %d | %d | %.3f m, %.2f degrees | %d | %d |%n",
                title,
                frames,
                r.photos(),
                r.errors().size(),
                r.within(0.05, 2),
                r.nearFrame().stream().filter(e -> e.within(0.05, 2)).count(),
                r.within(0.2, 5),
                r.errors().stream().filter(e -> e.meters() > 1).count(),
                r.medianMeters(),
                r.medianDegrees(),
                r.foreign(),
                r.foreignPlaced());
    }
}
