package da3.bench.streaming;

import da3.core.DepthAnything3;
import da3.core.InferenceOptions;
import da3.geometry.check.Check;
import da3.geometry.metrics.TrajectoryError;
import da3.streaming.LoopMethod;
import da3.streaming.StreamingListener;
import da3.streaming.StreamingMap;
import da3.streaming.StreamingOptions;
import da3.streaming.WindowPredictor;
import da3.streaming.store.LoopInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Prints the errors of streaming with a model on the routes of {@link StreamingAccuracy}: {@code ModelAccuracy DIRECTORY
 * [MODEL [WIDTHxHEIGHT [STEP]]]}. STEP is the distance between frames in meters.
 */
public final class ModelAccuracy {

    private ModelAccuracy() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 1) {
            throw Check.invalid("number of arguments", "at least 1: DIRECTORY", 0);
        }
        Path directory = Path.of(arguments[0]);
        String name = arguments.length > 1 ? arguments[1] : "da3-tiny";
        String[] size = (arguments.length > 2 ? arguments[2] : "252x168").split("x", 2);
        double step = arguments.length > 3 ? Double.parseDouble(arguments[3]) : 0.3;
        int width = Integer.parseInt(size[0]);
        int height = Integer.parseInt(size[1]);
        InferenceOptions inference =
                InferenceOptions.builder().resolution(Math.max(width, height)).build();
        System.out.println("| route | frames | ATE without loops | with | loops tested | false | accepted | false |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        try (DepthAnything3 model = DepthAnything3.load(name)) {
            WindowPredictor predictor = WindowPredictor.of(model, name, inference);
            for (Route route : Route.values()) {
                RouteViews views = RouteViews.render(new CorridorBuilding(), route, step, width, height);
                print(route, views, predictor, directory.resolve(route.name()));
            }
        }
    }

    private static void print(Route route, RouteViews views, WindowPredictor predictor, Path directory)
            throws IOException {
        StreamingOptions options = StreamingOptions.defaults().withWindow(16, 4);
        double without;
        try (StreamingMap map =
                StreamingMap.open(directory.resolve("without"), predictor, options.withLoops(LoopMethod.OFF))) {
            map.run(views, StreamingListener.SILENT);
            without = error(map, views);
        }
        try (StreamingMap map = StreamingMap.open(directory.resolve("with"), predictor, options)) {
            map.run(views, StreamingListener.SILENT);
            List<LoopInfo> tested = map.loops();
            List<LoopInfo> accepted = map.acceptedLoops();
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %.2f | %.2f | %d | %d | %d | %d |%n",
                    route.title(),
                    map.size(),
                    without,
                    error(map, views),
                    tested.size(),
                    tested.size() - RouteResult.trueLoops(views, tested).size(),
                    accepted.size(),
                    accepted.size() - RouteResult.trueLoops(views, accepted).size());
        }
    }

    private static double error(StreamingMap map, RouteViews views) {
        return TrajectoryError.of(map.cameras(), views.cameras()).orElseThrow().absolute();
    }
}
