package da3.verify;

import com.fasterxml.jackson.databind.JsonNode;
import da3.geometry.Camera;
import da3.geometry.ScalarMap;
import da3.geometry.Sim3;
import da3.geometry.align.SimilarityFit;
import da3.geometry.check.Check;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import da3.streaming.reference.AlignmentMethod;
import da3.streaming.reference.DepthPairs;
import da3.streaming.reference.FrameRange;
import da3.streaming.reference.HuberAlignment;
import da3.streaming.reference.LoopEdge;
import da3.streaming.reference.LoopOptimizer;
import da3.streaming.reference.LoopPair;
import da3.streaming.reference.LoopWindow;
import da3.streaming.reference.PointMap;
import da3.streaming.reference.PointPairs;
import da3.streaming.reference.PointPairs.ConfidentPoints;
import da3.streaming.reference.ReferenceStreaming;
import da3.streaming.reference.ScaleEstimate;
import da3.streaming.reference.ScaleMethod;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Recomputes the function cases of streaming. */
final class StreamingFunctions {

    private StreamingFunctions() {}

    static Map<String, FunctionCase> byName() {
        return Map.of(
                "weighted_align_point_maps", StreamingFunctions::alignment,
                "weighted_estimate_sim3", StreamingFunctions::estimates,
                "compute_scale_weighted", StreamingFunctions::scales,
                "get_chunk_indices", StreamingFunctions::windows,
                "accumulate_sim3_transforms", StreamingFunctions::similarities,
                "Sim3LoopOptimizer.optimize", StreamingFunctions::loops,
                "depth_to_point_cloud", StreamingFunctions::points);
    }

    private static Map<String, GoldenTensor> alignment(GoldenCase golden) throws IOException {
        JsonNode params = golden.params();
        HuberAlignment alignment = new HuberAlignment(
                params.path("delta").asDouble(),
                params.path("max_iters").asInt(),
                params.path("tol").asDouble());
        AlignmentMethod method = method(params);
        PointPairs pairs = pairs(golden);
        Sim3 fit = method.usesDepthScale()
                ? alignment.align(pairs, method, params.path("precompute_scale").asDouble())
                : alignment.align(pairs, method);
        Results results = new Results(golden);
        put(results, "out.", "scale", "rotation", "translation", List.of(fit));
        return results.asMap();
    }

    private static AlignmentMethod method(JsonNode params) {
        String method = params.path("align_method").asText();
        boolean isNumpy = params.path("arithmetic").asText().contains("numpy");
        return switch (method) {
            case "sim3" -> AlignmentMethod.SIM3;
            case "se3" -> AlignmentMethod.SE3;
            case "scale+se3" -> isNumpy ? AlignmentMethod.SCALE_SE3_NUMPY : AlignmentMethod.SCALE_SE3;
            default -> throw Check.invalid("align_method", "sim3, se3 or scale+se3", method);
        };
    }

    /** Returns the pairs of the case, or of the case that it names as the source of its inputs. */
    private static PointPairs pairs(GoldenCase golden) throws IOException {
        double threshold = golden.params().path("conf_threshold").asDouble();
        JsonNode other = golden.params().path("inputs_from");
        if (!other.isTextual()) {
            return PointPairs.of(points(golden, "1"), points(golden, "2"), threshold);
        }
        try (GoldenCase inputs = GoldenCase.open(golden.folder().resolveSibling(other.asText()))) {
            return PointPairs.of(points(inputs, "1"), points(inputs, "2"), threshold);
        }
    }

    private static List<ConfidentPoints> points(GoldenCase golden, String side) throws IOException {
        float[] points = golden.tensor("in.points" + side).floats();
        List<ConfidentPoints> maps = new ArrayList<>();
        int at = 0;
        for (ScalarMap confidence : new Inputs(golden).maps("in.conf" + side)) {
            int length = 3 * confidence.values().length;
            maps.add(new ConfidentPoints(PointMap.of(Arrays.copyOfRange(points, at, at + length)), confidence));
            at += length;
        }
        return maps;
    }

    private static Map<String, GoldenTensor> estimates(GoldenCase golden) throws IOException {
        List<Vec3> source = new Inputs(golden).points("in.source");
        List<Vec3> target = new Inputs(golden).points("in.target");
        double[] weights = golden.tensor("in.weights").doubles();
        SimilarityFit weighted = new SimilarityFit();
        SimilarityFit equal = new SimilarityFit();
        for (int i = 0; i < weights.length; i++) {
            weighted.add(target.get(i), source.get(i), weights[i]);
            equal.add(target.get(i), source.get(i), 1);
        }
        Results results = new Results(golden);
        put(results, "out.", "sim3_scale", "sim3_rotation", "sim3_translation", List.of(weighted.similarity()));
        put(results, "out.", "plain_scale", "plain_rotation", "plain_translation", List.of(equal.similarity()));
        Sim3 rigid = weighted.rigid();
        results.putMatrices("out.se3_rotation", List.of(rigid.rotation()));
        results.putVectors("out.se3_translation", List.of(rigid.translation()));
        return results.asMap();
    }

    private static Map<String, GoldenTensor> scales(GoldenCase golden) throws IOException {
        Inputs inputs = new Inputs(golden);
        DepthPairs pairs = DepthPairs.of(
                inputs.maps("in.depth1"), inputs.maps("in.conf1"), inputs.maps("in.depth2"), inputs.maps("in.conf2"));
        Results results = new Results(golden);
        for (ScaleMethod method : ScaleMethod.values()) {
            ScaleEstimate estimate = method.estimate(pairs, ReferenceBehavior.SEED);
            results.put("out." + method.name().toLowerCase(Locale.ROOT), estimate.scale(), estimate.quality());
        }
        return results.asMap();
    }

    /** Computes the frames around loops; the windows, which are no tensor of the case, are compared here. */
    private static Map<String, GoldenTensor> windows(GoldenCase golden) throws IOException {
        golden.params().path("chunks").fields().forEachRemaining(windows -> {
            int[] sizes = Arrays.stream(windows.getKey().split("-"))
                    .mapToInt(Integer::parseInt)
                    .toArray();
            List<FrameRange> computed = FrameRange.windows(sizes[0], sizes[1], sizes[2]);
            if (!computed.equals(ranges(windows.getValue()))) {
                throw new IllegalStateException(Check.message(
                        "windows of " + windows.getKey(), windows.getValue().toString(), computed));
            }
        });
        JsonNode loop = golden.params().path("loop");
        List<LoopPair> pairs = new ArrayList<>();
        loop.path("pairs")
                .forEach(pair ->
                        pairs.add(new LoopPair(pair.get(0).asInt(), pair.get(1).asInt(), 1)));
        List<LoopWindow> found = LoopWindow.of(
                ranges(loop.path("chunks")), pairs, loop.path("half_window").asInt());
        Results results = new Results(golden);
        results.put(
                "out.loop_result",
                found.stream()
                        .flatMapToInt(w -> IntStream.of(
                                w.windowA(),
                                w.framesA().start(),
                                w.framesA().end(),
                                w.windowB(),
                                w.framesB().start(),
                                w.framesB().end()))
                        .asDoubleStream()
                        .toArray());
        return results.asMap();
    }

    private static List<FrameRange> ranges(JsonNode rows) {
        List<FrameRange> ranges = new ArrayList<>();
        rows.forEach(
                row -> ranges.add(new FrameRange(row.get(0).asInt(), row.get(1).asInt())));
        return ranges;
    }

    private static Map<String, GoldenTensor> similarities(GoldenCase golden) throws IOException {
        List<Sim3> steps = similarities(golden, "in.sequence_");
        List<Vec3> moved = new Inputs(golden)
                .points("in.points").stream().map(steps.get(2)::transform).toList();
        Results results = new Results(golden);
        put(results, "out.accumulated_", "s", "R", "t", ReferenceStreaming.accumulate(steps));
        put(results, "out.ab_", "s", "R", "t", List.of(ReferenceStreaming.between(steps.get(0), steps.get(1))));
        results.putVectors("out.points_applied", moved);
        results.putVectors("out.points_applied_f32", moved);
        return results.asMap();
    }

    /** Computes the optimized steps; in double precision they are also the minimizer that the case expects. */
    private static Map<String, GoldenTensor> loops(GoldenCase golden) throws IOException {
        List<Sim3> transformations = similarities(golden, "in.loop_");
        int[][] windows = new Inputs(golden).table("in.loop_ij");
        List<LoopEdge> edges = IntStream.range(0, windows.length)
                .mapToObj(i -> new LoopEdge(windows[i][0], windows[i][1], transformations.get(i)))
                .toList();
        LoopOptimizer optimizer = new LoopOptimizer(
                golden.params().path("max_iterations").asInt(),
                golden.params().path("lambda_init").asDouble());
        LoopOptimizer.Result result = optimizer.optimize(similarities(golden, "in.sequence_"), edges);
        Results results = new Results(golden);
        put(results, "out.", "s", "R", "t", result.steps());
        put(results, "out.minimiser_", "s", "R", "t", result.steps());
        results.put("out.mean_square_residual_start_end", result.initialCost(), result.finalCost());
        return results.asMap();
    }

    private static Map<String, GoldenTensor> points(GoldenCase golden) throws IOException {
        Inputs inputs = new Inputs(golden);
        List<Camera> cameras = inputs.cameras();
        List<ScalarMap> depths = inputs.maps("in.depth");
        List<Vec3> points = new ArrayList<>();
        for (int view = 0; view < depths.size(); view++) {
            PointMap map = PointMap.of(depths.get(view), cameras.get(view));
            IntStream.range(0, depths.get(view).values().length)
                    .mapToObj(map::at)
                    .forEach(points::add);
        }
        Results results = new Results(golden);
        results.putVectors("out.points", points);
        return results.asMap();
    }

    private static List<Sim3> similarities(GoldenCase golden, String prefix) throws IOException {
        double[] scales = golden.tensor(prefix + "s").doubles();
        List<Mat3> rotations = new Inputs(golden).matrices(prefix + "R");
        List<Vec3> translations = new Inputs(golden).points(prefix + "t");
        return IntStream.range(0, scales.length)
                .mapToObj(i -> new Sim3(scales[i], rotations.get(i), translations.get(i)))
                .toList();
    }

    private static void put(
            Results results, String prefix, String scale, String rotation, String translation, List<Sim3> similarities)
            throws IOException {
        results.put(
                prefix + scale, similarities.stream().mapToDouble(Sim3::scale).toArray());
        results.putMatrices(
                prefix + rotation, similarities.stream().map(Sim3::rotation).toList());
        results.putVectors(
                prefix + translation,
                similarities.stream().map(Sim3::translation).toList());
    }
}
