package da3.evaluation.mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.evaluation.EvaluationScene;
import da3.evaluation.Oracle;
import da3.evaluation.Predictor;
import da3.evaluation.Suite;
import da3.evaluation.WallSuite;
import da3.evaluation.predictor.ConstantPredictor;
import da3.evaluation.predictor.OraclePredictor;
import da3.evaluation.suite.SyntheticSuite;
import da3.geometry.Camera;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReconstructionModeTest {

    private static final Suite WALL = new WallSuite();

    private static double value(Suite suite, String scene, Predictor predictor, boolean posed, String metric)
            throws IOException {
        Mode mode = new ReconstructionMode(posed);
        Samples samples = measured(suite.load(scene), predictor, mode);
        return samples.values(mode.id() + "." + metric)[0];
    }

    private static Samples measured(EvaluationScene scene, Predictor predictor, Mode mode) {
        Samples samples = new Samples();
        mode.measure(new ScenePredictions(scene, predictor, Optional::empty), samples);
        return samples;
    }

    private static double ofWall(Predictor predictor, boolean posed, String metric) throws IOException {
        return value(WALL, "wall", predictor, posed, metric);
    }

    @Test
    void theTruthIsPerfect() throws IOException {
        for (boolean posed : new boolean[] {false, true}) {
            Predictor oracle = new OraclePredictor(WALL);
            assertThat(ofWall(oracle, posed, "f1")).isGreaterThan(0.95); // the wall goes on beyond the first view
            assertThat(ofWall(oracle, posed, "recall")).isEqualTo(1);
            assertThat(ofWall(oracle, posed, "completeness")).isLessThan(0.75 * WallSuite.VOXEL);
        }
    }

    /** All lengths in another unit: the alignment restores them. */
    @Test
    void theUnitOfAPredictionDoesNotMatter() throws IOException {
        Predictor scaled = Oracle.withDepthAndCameras(WALL, depth -> depth.scaled(1.1), camera -> scaled(camera, 1.1));
        for (boolean posed : new boolean[] {false, true}) {
            assertThat(ofWall(scaled, posed, "recall")).isEqualTo(1);
            assertThat(ofWall(scaled, posed, "completeness")).isLessThan(0.75 * WallSuite.VOXEL);
        }
    }

    /** Depth times 1.1 between true cameras puts the wall 0.2 behind the true one, twice the threshold. */
    @Test
    void depthOfAWrongScaleIsOffByItsError() throws IOException {
        Predictor deeper = Oracle.withDepth(WALL, depth -> depth.scaled(1.1));
        double shift = 0.1 * WallSuite.DISTANCE;
        assertThat(ofWall(deeper, true, "completeness")).isCloseTo(shift, within(0.01 * shift));
        assertThat(ofWall(deeper, true, "accuracy")).isCloseTo(shift, within(0.1 * shift)); // more beyond the borders
        assertThat(ofWall(deeper, true, "f1")).isZero();
        assertThat(ofWall(deeper, false, "f1")).isZero();
    }

    @Test
    void aPredictionThatCannotBeAlignedHasNoSurface() throws IOException {
        Samples samples = measured(WALL.load("wall"), new ConstantPredictor(), new ReconstructionMode(false));
        assertThat(samples.values("recon_unposed.surfaces")).containsExactly(0);
        assertThat(samples.values("recon_unposed.f1")).containsExactly(0);
        assertThat(samples.values("recon_unposed.accuracy")).isEmpty();
    }

    @Test
    void scenesWithoutSurfaceOrWithTooFewCamerasAddNothing() throws IOException {
        EvaluationScene wall = WALL.load("wall");
        Predictor oracle = new OraclePredictor(WALL);
        Mode mode = new ReconstructionMode(false);
        EvaluationScene bare = new EvaluationScene("wall", wall.groups(), wall.views());
        assertThat(measured(bare, oracle, mode).names()).isEmpty();
        EvaluationScene two =
                new EvaluationScene("wall", wall.groups(), wall.views().subList(0, 2), wall.surface());
        assertThat(measured(two, oracle, mode).names()).isEmpty();
    }

    @Test
    void syntheticScenesHaveSurfacesThatTheTruthReaches() throws IOException {
        Suite suite = new SyntheticSuite(4, 4, 4, List.of(new SyntheticSuite.Size(56, 84)));
        Predictor oracle = new OraclePredictor(suite);
        int scored = 0;
        for (String scene : suite.scenes()) {
            Samples samples = measured(suite.load(scene), oracle, new ReconstructionMode(false));
            for (double f1 : samples.values("recon_unposed.f1")) {
                assertThat(f1).as(scene).isGreaterThan(0.98);
                scored++;
            }
        }
        assertThat(scored).isGreaterThan(2);
    }

    private static Camera scaled(Camera camera, double factor) {
        return new Camera(
                camera.pose().withTranslation(camera.pose().translation().times(factor)), camera.intrinsics());
    }
}
