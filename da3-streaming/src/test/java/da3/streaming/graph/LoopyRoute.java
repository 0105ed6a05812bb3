package da3.streaming.graph;

import da3.geometry.Pose;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A closed route that is walked several times, with drift and with loops, some of which are false.
 *
 * @param scales true scales of windows, none where all measurements are in the unit of the world
 * @param correct for each loop of the graph whether it is true
 */
record LoopyRoute(PoseGraph graph, List<Pose> truth, List<Double> scales, List<Boolean> correct) {

    private static final int STRIDE = 8; // keyframes from one window to the next
    private static final double SCALE_NOISE = 0.002;

    /** Returns a route whose measurements are in the unit of the world. */
    static LoopyRoute generate(int laps, int perLap, int loops, double falseFraction, long seed) {
        return generate(laps, perLap, loops, falseFraction, new SyntheticGraphs(seed, 0.02, 0.002), 0);
    }

    /**
     * Returns a route of windows, each in its own unit; the next window starts with the last keyframe.
     *
     * @param drift systematic error of the logarithm of each measured ratio of consecutive windows; positive
     */
    static LoopyRoute generateWindows(int laps, int perLap, int loops, double falseFraction, double drift, long seed) {
        return generate(laps, perLap, loops, falseFraction, new SyntheticGraphs(seed, 0.002, 0.0005), drift);
    }

    private static LoopyRoute generate(
            int laps, int perLap, int loops, double falseFraction, SyntheticGraphs noise, double drift) {
        boolean inWindows = drift > 0;
        SyntheticGraphs.Layout layout = SyntheticGraphs.route(laps, perLap);
        List<Pose> truth = layout.truth();
        Random random = noise.random();
        PoseGraph.Builder builder = PoseGraph.builder();
        List<Double> scales =
                inWindows ? addScales(builder, (truth.size() - 1) / STRIDE + 1, drift, random) : List.of();
        List<PoseEdge> edges = layout.pairs().stream()
                .map(p -> edge(noise, truth, scales, p[0], p[1], p[0] / STRIDE))
                .toList();
        SyntheticGraphs.odometry(truth.get(0), edges).forEach(builder::addPose);
        edges.forEach(builder::addEdge);
        List<Boolean> correct = new ArrayList<>();
        for (int i = 0; i < loops; i++) {
            boolean isTrue = i >= falseFraction * loops;
            correct.add(isTrue);
            int to = perLap + random.nextInt((laps - 1) * perLap);
            int from = to - perLap * (1 + random.nextInt(to / perLap)) + random.nextInt(5);
            if (!isTrue) {
                from = random.nextInt(to - perLap / 2);
            } else if (i >= loops - 2) { // the last two include the beginning and the end, so that nothing else drifts
                to = i == loops - 2 ? perLap : truth.size() - 1;
                from = to - perLap;
            }
            int window = to / STRIDE;
            PoseEdge edge = edge(noise, truth, scales, from, to, window);
            if (!isTrue) {
                PoseEdge wrong = noise.falseEdge(from, to, 3);
                edge = new PoseEdge(from, to, wrong.motion(), edge.information(), edge.scale());
            }
            List<ScaleEdge> scaleEdges = new ArrayList<>();
            if (inWindows) {
                double error = SCALE_NOISE * random.nextGaussian() + (isTrue ? 0 : random.nextGaussian());
                double ratio = scales.get(window) / scales.get(from / STRIDE) * Math.exp(error);
                scaleEdges.add(new ScaleEdge(from / STRIDE, window, ratio, SCALE_NOISE));
            }
            builder.addLoop(List.of(edge), scaleEdges);
        }
        return new LoopyRoute(builder.build(), truth, scales, correct);
    }

    private static List<Double> addScales(PoseGraph.Builder builder, int windows, double drift, Random random) {
        List<Double> scales = new ArrayList<>();
        for (int w = 0; w < windows; w++) {
            scales.add(w == 0 ? 1 : Math.exp(0.1 * random.nextGaussian()));
            builder.addScale(scales.get(w) * Math.exp(drift * w));
            if (w > 0) {
                double error = drift + SCALE_NOISE * random.nextGaussian();
                double ratio = scales.get(w) / scales.get(w - 1) * Math.exp(error);
                builder.addScaleEdge(new ScaleEdge(w - 1, w, ratio, 2 * (drift + SCALE_NOISE)));
            }
        }
        return scales;
    }

    private static PoseEdge edge(
            SyntheticGraphs noise, List<Pose> truth, List<Double> scales, int from, int to, int window) {
        return scales.isEmpty()
                ? noise.edge(truth, from, to)
                : noise.edge(truth, from, to, scales.get(window)).withScale(window);
    }

    /** Returns how many true or false loops there are. */
    long count(boolean isTrue) {
        return correct.stream().filter(c -> c == isTrue).count();
    }

    /** Returns how many true or false loops a result accepts. */
    long accepted(PoseGraphResult result, boolean isTrue) {
        long count = 0;
        for (int i = 0; i < correct.size(); i++) {
            if (correct.get(i) == isTrue && result.accepts(i)) {
                count++;
            }
        }
        return count;
    }

    /** Returns the largest relative error of a scale. */
    double largestScaleError(List<Double> estimated) {
        double largest = 0;
        for (int i = 0; i < scales.size(); i++) {
            largest = Math.max(largest, Math.abs(estimated.get(i) / scales.get(i) - 1));
        }
        return largest;
    }
}
