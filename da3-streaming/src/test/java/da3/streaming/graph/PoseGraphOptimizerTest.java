package da3.streaming.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Pose;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoseGraphOptimizerTest {

    private static final PoseGraphOptions OPTIONS = PoseGraphOptions.defaults();
    private static final PoseGraphOptions PLAIN_SQUARES =
            OPTIONS.withHuberThreshold(1e9).withTolerance(1e-14);

    @Test
    void exactMeasurementsGiveTheTruthFromAnyStart() {
        for (SyntheticGraphs.Layout layout :
                List.of(SyntheticGraphs.sphere(6, 8), SyntheticGraphs.torus(6, 8), SyntheticGraphs.grid(4, 0.7, 1))) {
            List<Pose> truth = layout.truth();
            PoseInformation information = PoseInformation.ofSigmas(0.1, 0.05);
            PoseGraph.Builder builder = PoseGraph.builder();
            truth.forEach(pose -> builder.addPose(truth.get(0)));
            layout.pairs()
                    .forEach(p -> builder.addEdge(
                            PoseEdge.of(p[0], p[1], SyntheticGraphs.motion(truth, p[0], p[1]), information)));

            PoseGraphResult result = new PoseGraphOptimizer(OPTIONS).optimize(builder.build());

            assertThat(SyntheticGraphs.centerError(result.poses(), truth)).isLessThan(1e-9);
            assertThat(result.finalCost()).isLessThan(1e-12).isLessThan(result.initialCost());
            assertThat(result.edgeWeights()).containsOnly(1.0);
        }
    }

    @Test
    void findsTheMinimumOfADenseSolver() {
        for (SyntheticGraphs.Layout layout :
                List.of(SyntheticGraphs.sphere(3, 5), SyntheticGraphs.torus(3, 5), SyntheticGraphs.grid(2, 1, 2))) {
            SyntheticGraphs noise = new SyntheticGraphs(3, 0.1, 0.1);
            PoseGraph graph = noise.graph(layout);

            PoseGraphResult result = new PoseGraphOptimizer(PLAIN_SQUARES).optimize(graph);

            checkAgainstDenseSolver(graph, result, noise.information, 1);
        }
    }

    @Test
    void findsTheMinimumOfADenseSolverWithScalesAndPriors() {
        SyntheticGraphs noise = new SyntheticGraphs(8, 0.05, 0.05);
        List<Pose> truth = SyntheticGraphs.sphere(2, 6).truth();
        double[] scales = {1, 0.4, 2.5};
        PoseGraph.Builder builder = PoseGraph.builder();
        truth.forEach(pose -> builder.addPose(noise.noisy(pose)));
        for (double scale : scales) {
            builder.addScale(scale * 1.3);
        }
        for (int i = 0; i + 1 < truth.size(); i++) {
            builder.addEdge(noise.edge(truth, i, i + 1, scales[i / 4]).withScale(i / 4));
        }
        builder.addScaleEdge(new ScaleEdge(0, 1, 0.41, 0.05));
        builder.addLoop(
                List.of(noise.edge(truth, 0, 6, scales[2]).withScale(2), noise.edge(truth, 1, 7)),
                List.of(new ScaleEdge(0, 2, 2.4, 0.1)));
        builder.addPosePrior(2, noise.noisy(truth.get(2)), noise.information);
        for (int i : new int[] {0, 5, 9, 11}) {
            Vec3 center = truth.get(i).cameraCenter().plus(noise.gaussian(0.2));
            builder.addPositionPrior(i, center, Mat3.IDENTITY.times(0.04));
        }
        PoseGraph graph = builder.build();

        PoseGraphResult result = new PoseGraphOptimizer(PLAIN_SQUARES.withLoopConfidence(0.999999)).optimize(graph);

        assertThat(result.accepts(0)).isTrue();
        checkAgainstDenseSolver(graph, result, noise.information, 0.2);
    }

    private static void checkAgainstDenseSolver(
            PoseGraph graph, PoseGraphResult result, PoseInformation information, double positionSigma) {
        GraphState start = StagedStart.of(graph);
        DenseSolver.Solution expected = new DenseSolver(graph, start, information, positionSigma).solve();
        assertThat(result.finalCost()).isCloseTo(expected.cost(), within(1e-7 * expected.cost()));
        assertThat(SyntheticGraphs.centerError(result.poses(), expected.poses()))
                .isLessThan(1e-4);
        for (int i = 0; i < expected.scales().length; i++) {
            assertThat(result.scales().get(i)).isCloseTo(expected.scales()[i], within(1e-4));
        }
    }

    @Test
    void errorsOfNoisyGraphsAreFarBelowThoseOfOdometry() {
        for (SyntheticGraphs.Layout layout : List.of(
                SyntheticGraphs.sphere(20, 20), SyntheticGraphs.torus(20, 20), SyntheticGraphs.grid(7, 0.7, 5))) {
            PoseGraph graph = new SyntheticGraphs(6, 0.05, 0.02).graph(layout);

            PoseGraphResult result = new PoseGraphOptimizer(OPTIONS.withHuberThreshold(1e9)).optimize(graph);

            double before = SyntheticGraphs.centerError(graph.initial.worldToCamera(), layout.truth());
            assertThat(SyntheticGraphs.centerError(result.poses(), layout.truth()))
                    .isLessThan(before / 5);
            double degreesOfFreedom = 6.0 * (graph.edges.size() - (graph.poseCount() - 1));
            assertThat(result.finalCost() / degreesOfFreedom).isCloseTo(1, within(0.15));
        }
    }

    @Test
    void initialPosesAndLinearEstimatesLeadToTheSameMinimum() {
        SyntheticGraphs noise = new SyntheticGraphs(4, 0.05, 0.02);
        PoseGraph graph = noise.graph(SyntheticGraphs.torus(6, 8));

        PoseGraphResult staged = new PoseGraphOptimizer(PLAIN_SQUARES).optimize(graph);
        PoseGraphResult direct = new PoseGraphOptimizer(PLAIN_SQUARES.withStagedStart(false)).optimize(graph);

        assertThat(direct.finalCost()).isCloseTo(staged.finalCost(), within(1e-6 * staged.finalCost()));
        assertThat(direct.initialCost()).isEqualTo(staged.initialCost()).isGreaterThan(direct.finalCost());
    }

    @Test
    void repeatsTheSameBits() {
        LoopyRoute route = LoopyRoute.generate(2, 40, 6, 0.3, 1);

        PoseGraphResult first = new PoseGraphOptimizer(OPTIONS).optimize(route.graph());

        assertThat(new PoseGraphOptimizer(OPTIONS).optimize(route.graph())).isEqualTo(first);
    }

    @Test
    void rejectsFalseLoopsAndKeepsTrueOnes() {
        for (long seed = 1; seed <= 4; seed++) {
            LoopyRoute route = LoopyRoute.generate(3, 60, 20, 0.3, seed);

            PoseGraphResult result = new PoseGraphOptimizer(OPTIONS).optimize(route.graph());

            assertThat(route.count(false)).isEqualTo(6);
            assertThat(route.accepted(result, false)).as("false loops").isZero();
            assertThat(route.accepted(result, true)).as("true loops").isGreaterThanOrEqualTo(12); // of 14
            double before = SyntheticGraphs.centerError(route.graph().initial.worldToCamera(), route.truth());
            assertThat(SyntheticGraphs.centerError(result.poses(), route.truth()))
                    .isLessThan(before);
        }
    }

    @Test
    void anEdgeThatContradictsOthersHasLittleWeight() {
        SyntheticGraphs.Layout layout = SyntheticGraphs.sphere(6, 6);
        SyntheticGraphs noise = new SyntheticGraphs(9, 0.01, 0.01);
        PoseGraph.Builder builder = PoseGraph.builder();
        layout.truth().forEach(builder::addPose);
        layout.pairs().forEach(p -> builder.addEdge(noise.edge(layout.truth(), p[0], p[1])));
        builder.addEdge(noise.falseEdge(3, 20, 5));

        PoseGraphResult result = new PoseGraphOptimizer(OPTIONS).optimize(builder.build());

        List<Double> weights = result.edgeWeights();
        assertThat(weights.get(weights.size() - 1)).isLessThan(0.02);
        assertThat(weights.subList(0, weights.size() - 1)).allMatch(weight -> weight > 0.3);
        assertThat(SyntheticGraphs.centerError(result.poses(), layout.truth())).isLessThan(0.05);
    }

    @Test
    void knownCentersDetermineRotationPositionAndScale() {
        SyntheticGraphs.Layout layout = SyntheticGraphs.route(1, 40);
        SyntheticGraphs noise = new SyntheticGraphs(2, 0.002, 0.001);
        PoseGraph.Builder builder = PoseGraph.builder();
        layout.truth().forEach(pose -> builder.addPose(Pose.IDENTITY));
        int scale = builder.addScale(1);
        layout.pairs()
                .forEach(p -> builder.addEdge(
                        noise.edge(layout.truth(), p[0], p[1], 0.05).withScale(scale)));
        for (int i = 0; i < 40; i += 3) {
            Vec3 center = layout.truth().get(i).cameraCenter().plus(noise.gaussian(0.02));
            builder.addPositionPrior(i, center, Mat3.IDENTITY.times(0.02 * 0.02));
        }

        PoseGraphResult result = new PoseGraphOptimizer(OPTIONS).optimize(builder.build());

        assertThat(result.scales().get(0)).isCloseTo(0.05, within(0.0005));
        assertThat(SyntheticGraphs.centerError(result.poses(), layout.truth())).isLessThan(0.02);
    }

    @Test
    void scalesOfWindowsAreFreeBetweenKnownPoses() {
        List<Pose> truth = SyntheticGraphs.route(1, 30).truth();
        SyntheticGraphs noise = new SyntheticGraphs(2, 0.001, 0.001);
        PoseGraph.Builder builder = PoseGraph.builder();
        List<Double> scales = new ArrayList<>();
        truth.forEach(builder::addPose);
        for (int i = 0; i < truth.size(); i++) {
            builder.fixPose(i);
        }
        for (int window = 0; window < 6; window++) {
            scales.add(0.1 * (window + 1));
            builder.addScale(1);
        }
        for (int i = 0; i + 1 < truth.size(); i++) {
            builder.addEdge(noise.edge(truth, i, i + 1, scales.get(i / 5)).withScale(i / 5));
        }

        PoseGraphResult result = new PoseGraphOptimizer(OPTIONS).optimize(builder.build());

        assertThat(SyntheticGraphs.centerError(result.poses(), truth)).isLessThan(1e-12);
        for (int window = 0; window < 6; window++) {
            assertThat(result.scales().get(window)).isCloseTo(scales.get(window), within(0.01 * scales.get(window)));
        }
    }

    @Test
    void aSinglePoseStays() {
        PoseGraph.Builder builder = PoseGraph.builder();
        builder.addPose(Pose.IDENTITY);

        assertThat(new PoseGraphOptimizer(OPTIONS).optimize(builder.build()).poses())
                .hasSize(1);
    }

    @Test
    void posesWithoutMeasurementsStay() {
        Pose apart = new Pose(So3.exp(new Vec3(1, 2, 0.5)), new Vec3(4, 5, 6));
        PoseGraph.Builder builder = PoseGraph.builder();
        builder.addPose(Pose.IDENTITY);
        builder.addPose(Pose.IDENTITY);
        builder.addPose(apart);
        builder.addEdge(PoseEdge.of(0, 1, apart, PoseInformation.ofSigmas(1, 1)));

        List<Pose> poses =
                new PoseGraphOptimizer(OPTIONS).optimize(builder.build()).poses();

        assertThat(poses.get(2).toMatrix3x4()).containsExactly(apart.toMatrix3x4(), within(1e-12));
        assertThat(poses.get(1).toMatrix3x4()).containsExactly(apart.inverse().toMatrix3x4(), within(1e-9));
    }
}
