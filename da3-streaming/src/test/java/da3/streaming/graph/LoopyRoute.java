package da3.streaming.graph;

import da3.geometry.Pose;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A closed route that is walked several times, with drift and with loops, some of which are false.
 *
 * @param correct for each loop of the graph whether it is true
 */
record LoopyRoute(PoseGraph graph, List<Pose> truth, List<Boolean> correct) {

    static LoopyRoute generate(int laps, int perLap, int loops, double falseFraction, long seed) {
        SyntheticGraphs.Layout layout = SyntheticGraphs.route(laps, perLap);
        List<Pose> truth = layout.truth();
        SyntheticGraphs noise = new SyntheticGraphs(seed, 0.02, 0.002);
        List<PoseEdge> edges =
                layout.pairs().stream().map(p -> noise.edge(truth, p[0], p[1])).toList();
        PoseGraph.Builder builder = PoseGraph.builder();
        SyntheticGraphs.odometry(truth.get(0), edges).forEach(builder::addPose);
        edges.forEach(builder::addEdge);
        List<Boolean> correct = new ArrayList<>();
        Random random = noise.random();
        for (int i = 0; i < loops; i++) {
            boolean isTrue = i >= falseFraction * loops;
            correct.add(isTrue);
            if (isTrue) {
                int to = perLap + random.nextInt((laps - 1) * perLap);
                int from = to - perLap * (1 + random.nextInt(to / perLap)) + random.nextInt(5);
                builder.addLoop(noise.edge(truth, from, to));
            } else {
                int from = random.nextInt(truth.size() / 2);
                int to = truth.size() / 2 + random.nextInt(truth.size() / 2);
                builder.addLoop(noise.falseEdge(from, to, 3));
            }
        }
        return new LoopyRoute(builder.build(), truth, correct);
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
}
