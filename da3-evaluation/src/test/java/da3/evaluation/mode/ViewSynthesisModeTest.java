package da3.evaluation.mode;

import static org.assertj.core.api.Assertions.assertThat;

import da3.evaluation.ChangedPredictor;
import da3.evaluation.PredictedScene;
import da3.evaluation.Predictor;
import da3.evaluation.Suite;
import da3.evaluation.WallSuite;
import da3.evaluation.predictor.ConstantPredictor;
import da3.evaluation.predictor.OraclePredictor;
import da3.evaluation.suite.SyntheticSuite;
import da3.geometry.Scene;
import da3.geometry.splat.PixelSplats;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ViewSynthesisModeTest {

    private static final Suite NINE_VIEWS = new SyntheticSuite(1, 9, 9, List.of(new SyntheticSuite.Size(28, 42)));

    private static Samples measured(Suite suite, Predictor predictor) throws IOException {
        Samples samples = new Samples();
        String scene = suite.scenes().get(0);
        new ViewSynthesisMode().measure(new ScenePredictions(suite.load(scene), predictor, Optional::empty), samples);
        return samples;
    }

    @Test
    void trueDepthRendersWhatWasHeldOut() throws IOException {
        Samples truth = measured(NINE_VIEWS, new OraclePredictor(NINE_VIEWS));
        assertThat(truth.names())
                .containsExactly("view_synthesis.pixel_splats.psnr", "view_synthesis.pixel_splats.ssim");
        assertThat(truth.values("view_synthesis.pixel_splats.psnr")).hasSize(2);
        Samples black = measured(NINE_VIEWS, new ConstantPredictor()); // it cannot be aligned
        for (int view = 0; view < 2; view++) {
            assertThat(truth.values("view_synthesis.pixel_splats.psnr")[view])
                    .isGreaterThan(black.values("view_synthesis.pixel_splats.psnr")[view] + 6);
            assertThat(truth.values("view_synthesis.pixel_splats.ssim")[view])
                    .isGreaterThan(black.values("view_synthesis.pixel_splats.ssim")[view]);
        }
    }

    @Test
    void predictedGaussiansHaveNamesOfTheirOwn() throws IOException {
        Predictor withGaussians = new ChangedPredictor(
                new OraclePredictor(NINE_VIEWS),
                scene -> new PredictedScene(
                        scene.views(),
                        Optional.empty(),
                        true,
                        Optional.of(PixelSplats.of(new Scene(scene.views(), Optional.empty(), true)))));
        assertThat(measured(NINE_VIEWS, withGaussians).names())
                .containsExactly("view_synthesis.gaussians.psnr", "view_synthesis.gaussians.ssim");
    }

    @Test
    void fewViewsAddNothing() throws IOException {
        Suite wall = new WallSuite();
        assertThat(measured(wall, new OraclePredictor(wall)).names()).isEmpty();
    }
}
