package da3.bench.streaming;

import da3.streaming.LoopMethod;
import da3.streaming.StreamingListener;
import da3.streaming.StreamingMap;
import da3.streaming.StreamingOptions;
import da3.streaming.reference.LoopPair;
import da3.streaming.reference.ReferenceMap;
import da3.streaming.reference.ReferenceOptions;
import da3.streaming.reference.ReferenceStreaming;
import da3.streaming.store.LoopInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Errors of streaming and of the reference's procedure on a route.
 *
 * @param frames number of frames
 * @param errorWithoutLoops absolute trajectory error in meters
 * @param error the same with loops
 * @param tested number of tested loops
 * @param trueTested number of those whose ends show the same surfaces
 * @param accepted number of loops that correct the map
 * @param trueAccepted number of those whose ends show the same surfaces
 * @param scaleError median relative difference of scale between the ends of accepted loops
 * @param ghosting median distance between the surfaces of consecutive windows, in meters
 * @param reference errors of the reference's procedure
 */
record RouteResult(
        int frames,
        double errorWithoutLoops,
        double error,
        int tested,
        int trueTested,
        int accepted,
        int trueAccepted,
        double scaleError,
        double ghosting,
        Reference reference) {

    /**
     * Errors of the reference's procedure.
     *
     * @param errorWithoutLoops absolute trajectory error in meters
     * @param errorOfTrueLoops the same with the tested loops that are true
     * @param errorOfAllLoops the same with all tested loops, none of which it rejects
     * @param ghostingWithoutLoops median distance between the surfaces of consecutive windows, in meters
     * @param ghosting the same with the true loops
     */
    record Reference(
            double errorWithoutLoops,
            double errorOfTrueLoops,
            double errorOfAllLoops,
            double ghostingWithoutLoops,
            double ghosting) {}

    /**
     * Computes the maps of a route.
     *
     * @param directory an empty directory for the maps
     */
    static RouteResult of(BuildingOracle oracle, StreamingOptions options, ReferenceOptions reference, Path directory)
            throws IOException {
        MapErrors errors = new MapErrors(oracle);
        double without;
        try (StreamingMap map = run(oracle, options.withLoops(LoopMethod.OFF), directory.resolve("without"))) {
            without = errors.trajectory(map.cameras());
        }
        try (StreamingMap map = run(oracle, options, directory.resolve("with"))) {
            List<LoopInfo> accepted = map.acceptedLoops();
            return new RouteResult(
                    map.size(),
                    without,
                    errors.trajectory(map.cameras()),
                    map.loops().size(),
                    trueLoops(oracle.route(), map.loops()).size(),
                    accepted.size(),
                    trueLoops(oracle.route(), accepted).size(),
                    median(errors.scaleErrors(map, accepted)),
                    errors.ghosting(map),
                    reference(errors, reference, map.loops()));
        }
    }

    private static StreamingMap run(BuildingOracle oracle, StreamingOptions options, Path directory)
            throws IOException {
        StreamingMap map = StreamingMap.open(directory, oracle, options);
        map.run(oracle.route(), StreamingListener.SILENT);
        return map;
    }

    private static Reference reference(MapErrors errors, ReferenceOptions options, List<LoopInfo> loops) {
        BuildingOracle oracle = errors.oracle();
        ReferenceStreaming procedure = new ReferenceStreaming(options, oracle::views);
        ReferenceMap without = procedure.run(oracle.route().size(), List.of());
        ReferenceMap ofTrue = procedure.run(oracle.route().size(), pairs(trueLoops(oracle.route(), loops)));
        ReferenceMap ofAll = procedure.run(oracle.route().size(), pairs(loops));
        return new Reference(
                errors.trajectory(without),
                errors.trajectory(ofTrue),
                errors.trajectory(ofAll),
                errors.ghosting(without),
                errors.ghosting(ofTrue));
    }

    private static List<LoopPair> pairs(List<LoopInfo> loops) {
        return loops.stream()
                .map(loop -> new LoopPair(loop.to(), loop.from(), 1))
                .toList();
    }

    /** Returns the loops whose ends show the same surfaces. */
    static List<LoopInfo> trueLoops(RouteViews route, List<LoopInfo> loops) {
        return loops.stream()
                .filter(loop -> Appearance.share(
                        route.camera(loop.from()).pose(),
                        route.camera(loop.to()).pose()))
                .toList();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }
}
