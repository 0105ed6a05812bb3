package da3.streaming.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Pose;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FactorTest {

    private final Random random = new Random(11);

    @Test
    void jacobiansAreDerivativesOfResiduals() {
        for (int repeat = 0; repeat < 10; repeat++) {
            double turn = repeat < 5 ? 0.1 : 2.5; // radians per axis, so errors reach half a turn
            GraphState state =
                    new GraphState(new Pose[] {pose(turn), pose(turn), pose(turn)}, new double[] {0.7, -1.9});
            for (Factor factor : factors(turn)) {
                checkJacobians(factor, state);
            }
        }
    }

    @Test
    void residualsOfExactMeasurementsVanish() {
        Pose[] worldToCamera = {pose(1), pose(1)};
        GraphState state = new GraphState(
                new Pose[] {worldToCamera[0].inverse(), worldToCamera[1].inverse()}, new double[] {Math.log(0.25)});
        Pose motion = worldToCamera[0].compose(worldToCamera[1].inverse());
        Pose inUnitsOfTheWindow = motion.withTranslation(motion.translation().times(4));
        PoseEdge edge = PoseEdge.of(0, 1, inUnitsOfTheWindow, information()).withScale(0);

        assertThat(new PoseEdgeFactor(edge).residual(state)).containsOnly(new double[6], within(1e-12));
        assertThat(new PosePriorFactor(1, state.pose(1), information()).residual(state))
                .containsOnly(new double[6], within(1e-12));
    }

    private List<Factor> factors(double turn) {
        PoseEdge edge = PoseEdge.of(2, 0, pose(turn), information());
        Whitening whitening = Whitening.of(new double[] {4, 1, 0.5, 1, 3, 0.2, 0.5, 0.2, 2}, 3)
                .orElseThrow();
        return List.of(
                new PoseEdgeFactor(edge),
                new PoseEdgeFactor(edge.withScale(1)),
                new PosePriorFactor(1, pose(turn), information()),
                new PositionPriorFactor(2, new Vec3(1, 2, 3), whitening, 3),
                new ScaleFactor(0, 1, 0.3, 0.1),
                new ScaleFactor(-1, 1, 0.3, 0.1));
    }

    private static void checkJacobians(Factor factor, GraphState state) {
        FreeVariables variables = new FreeVariables(state.poseCount(), i -> false, state.scaleCount(), i -> false);
        List<Integer> blocks = new ArrayList<>();
        Arrays.stream(factor.poses()).forEach(i -> blocks.add(variables.ofPose(i)));
        Arrays.stream(factor.scales()).forEach(i -> blocks.add(variables.ofScale(i)));
        Factor.Linearization linear = factor.linearize(state);
        assertThat(linear.residual())
                .containsExactly(factor.residual(state), within(1e-12))
                .hasSize(factor.dimension());
        double h = 1e-6;
        for (int b = 0; b < blocks.size(); b++) {
            int width = variables.sizes()[blocks.get(b)];
            for (int column = 0; column < width; column++) {
                double[] step = new double[variables.dimension()];
                step[variables.offset(blocks.get(b)) + column] = h;
                double[] ahead = factor.residual(state.plus(step, variables));
                step[variables.offset(blocks.get(b)) + column] = -h;
                double[] behind = factor.residual(state.plus(step, variables));
                for (int row = 0; row < factor.dimension(); row++) {
                    double expected = (ahead[row] - behind[row]) / (2 * h);
                    assertThat(linear.jacobians()[b][row * width + column])
                            .as("%s, variable %d, row %d, column %d", factor, b, row, column)
                            .isCloseTo(expected, within(1e-6 * (1 + Math.abs(expected))));
                }
            }
        }
    }

    private Pose pose(double turn) {
        return new Pose(So3.exp(gaussian().times(turn)), gaussian().times(5));
    }

    /** Returns a full information matrix. */
    private PoseInformation information() {
        double[] matrix = new double[36];
        for (int k = 0; k < 8; k++) {
            double[] v = random.doubles(6, -1, 1).toArray();
            for (int i = 0; i < 36; i++) {
                matrix[i] += v[i / 6] * v[i % 6];
            }
        }
        return PoseInformation.ofMatrix(matrix);
    }

    private Vec3 gaussian() {
        return new Vec3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian());
    }

    @Test
    void whiteningIsARootOfTheInformation() {
        double[] information = {4, 1, 0.5, 1, 3, 0.2, 0.5, 0.2, 2};
        double[] u = Mat3.IDENTITY.toArray();
        Whitening.of(information, 3).orElseThrow().apply(u, 3);
        Mat3 upper = Mat3.of(u, 0);
        assertThat(upper.transpose().times(upper).toArray()).containsExactly(information, within(1e-12));
        assertThat(Whitening.of(new double[] {1, 2, 2, 1}, 2)).isEmpty();
    }
}
