package da3.streaming.graph;

import static org.assertj.core.api.Assertions.assertThat;

import da3.geometry.Pose;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Windows of nine keyframes on a closed route, each in its own unit; the next window starts with the last keyframe. */
class ScaleDriftTest {

    private static final int STRIDE = 8; // keyframes from one window to the next

    @Test
    void aLoopClosesTheDriftOfScales() {
        int windows = 30;
        int last = windows - 1;
        double drift = 0.02; // of the measured ratio of two windows
        List<Pose> truth = SyntheticGraphs.route(1, windows * STRIDE).truth();
        SyntheticGraphs noise = new SyntheticGraphs(5, 0.0005, 0.0002);
        List<Double> scales = new ArrayList<>();
        PoseGraph.Builder open = PoseGraph.builder();
        PoseGraph.Builder closed = PoseGraph.builder();
        for (PoseGraph.Builder builder : List.of(open, closed)) {
            truth.forEach(pose -> builder.addPose(truth.get(0)));
        }
        for (int w = 0; w < windows; w++) {
            scales.add(w == 0 ? 1 : Math.exp(0.3 * noise.random().nextGaussian()));
            double drifted = scales.get(w) * Math.exp(drift * w);
            open.addScale(drifted);
            closed.addScale(drifted);
            if (w > 0) {
                double ratio = scales.get(w) / scales.get(w - 1) * Math.exp(drift);
                ScaleEdge edge = new ScaleEdge(w - 1, w, ratio, 2.5 * drift);
                open.addScaleEdge(edge);
                closed.addScaleEdge(edge);
            }
            int first = w * STRIDE;
            for (int i = first; i < Math.min(first + STRIDE, truth.size() - 1); i++) {
                PoseEdge edge = noise.edge(truth, i, i + 1, scales.get(w)).withScale(w);
                open.addEdge(edge);
                closed.addEdge(edge);
            }
        }
        // A pass over the end and the beginning measures the motion between them and both scales.
        double loopScale = 0.6;
        int loop = closed.addScale(1);
        closed.addScaleEdge(new ScaleEdge(last, loop, loopScale / scales.get(last), 0.002));
        closed.addLoop(
                List.of(noise.edge(truth, truth.size() - 1, 0, loopScale).withScale(loop)),
                List.of(new ScaleEdge(loop, 0, scales.get(0) / loopScale, 0.002)));

        PoseGraphResult before = new PoseGraphOptimizer(PoseGraphOptions.defaults()).optimize(open.build());
        PoseGraphResult after = new PoseGraphOptimizer(PoseGraphOptions.defaults()).optimize(closed.build());

        assertThat(largestError(before.scales(), scales)).isGreaterThan(0.5);
        assertThat(after.accepts(0)).isTrue();
        assertThat(largestError(after.scales(), scales)).isLessThan(0.01);
        assertThat(SyntheticGraphs.centerError(after.poses(), truth))
                .isLessThan(SyntheticGraphs.centerError(before.poses(), truth) / 10);
    }

    private static double largestError(List<Double> estimated, List<Double> truth) {
        double largest = 0;
        for (int i = 0; i < truth.size(); i++) {
            largest = Math.max(largest, Math.abs(estimated.get(i) / truth.get(i) - 1));
        }
        return largest;
    }
}
