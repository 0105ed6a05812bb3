package da3.bench.streaming;

import da3.streaming.StreamingOptions;
import da3.streaming.reference.ReferenceOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Prints the errors of streaming with an oracle predictor on closed routes through a building with identical corridors:
 * {@code StreamingAccuracy DIRECTORY [SEEDS [WIDTHxHEIGHT [STEP [ALIASED]]]]}. STEP is the distance between frames in
 * meters, and ALIASED the fraction of stretches of the route that look like another corridor.
 */
public final class StreamingAccuracy {

    /** Windows of the reference have half of their frames in common, as in its configuration. */
    private static final StreamingOptions OPTIONS = StreamingOptions.defaults().withWindow(16, 4);

    private static final ReferenceOptions REFERENCE =
            ReferenceOptions.defaults().withWindows(16, 8).withLoopFrames(8);

    private StreamingAccuracy() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        int seeds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        String[] size = (arguments.length > 2 ? arguments[2] : "84x56").split("x", 2);
        double step = arguments.length > 3 ? Double.parseDouble(arguments[3]) : 0.3;
        double aliased = arguments.length > 4 ? Double.parseDouble(arguments[4]) : 0.25;
        System.out.println(
                "| route | seed | frames | ATE without loops | with | ratio | loops tested | false | accepted |"
                        + " false | recall | scale error | ghosting | reference: ATE without loops | with true ones | with all |"
                        + " ghosting without loops | with true ones |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        CorridorBuilding building = new CorridorBuilding();
        for (Route route : Route.values()) {
            RouteViews views =
                    RouteViews.render(building, route, step, Integer.parseInt(size[0]), Integer.parseInt(size[1]));
            for (int seed = 1; seed <= seeds; seed++) {
                Appearance appearance =
                        Appearance.draw(building, route.poses(step), aliased, 3 * OPTIONS.window(), seed);
                BuildingOracle oracle = new BuildingOracle(views, appearance, BuildingOracle.Errors.usual(), seed);
                RouteResult result = RouteResult.of(
                        oracle,
                        OPTIONS,
                        REFERENCE,
                        directory.resolve(route.name()).resolve("" + seed));
                print(route, seed, result);
            }
        }
    }

    private static void print(Route route, int seed, RouteResult r) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %d | %.3f | %.3f | %.2f | %d | %d | %d | %d | %.2f | %.2f %% | %.3f | %.3f | %.3f | %.3f |"
                        + " %.3f | %.3f |%n",
                route.title(),
                seed,
                r.frames(),
                r.errorWithoutLoops(),
                r.error(),
                r.error() / r.errorWithoutLoops(),
                r.tested(),
                r.tested() - r.trueTested(),
                r.accepted(),
                r.accepted() - r.trueAccepted(),
                (double) r.trueAccepted() / r.trueTested(),
                100 * r.scaleError(),
                r.ghosting(),
                r.reference().errorWithoutLoops(),
                r.reference().errorOfTrueLoops(),
                r.reference().errorOfAllLoops(),
                r.reference().ghostingWithoutLoops(),
                r.reference().ghosting());
    }
}
