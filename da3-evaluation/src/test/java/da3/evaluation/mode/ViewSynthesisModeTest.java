package da3.evaluation.mode;

import static org.assertj.core.api.Assertions.assertThat;

import da3.evaluation.ChangedPredictor;
import da3.evaluation.ImageDistance;
import da3.evaluation.PredictedScene;
import da3.evaluation.Predictor;
import da3.evaluation.Suite;
import da3.evaluation.WallSuite;
import da3.evaluation.predictor.ConstantPredictor;
import da3.evaluation.predictor.OraclePredictor;
import da3.evaluation.suite.SyntheticSuite;
import da3.geometry.Image;
import da3.geometry.Scene;
import da3.geometry.splat.PixelSplats;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ViewSynthesisModeTest {

    private static final Suite NINE_VIEWS = new SyntheticSuite(1, 9, 9, List.of(new SyntheticSuite.Size(28, 42)));

    private static Samples measured(Suite suite, Predictor predictor) throws IOException {
        return measured(suite, predictor, new ViewSynthesisMode(Optional.empty()));
    }

    private static Samples measured(Suite suite, Predictor predictor, Mode mode) throws IOException {
        Samples samples = new Samples();
        String scene = suite.scenes().get(0);
        mode.measure(new ScenePredictions(suite.load(scene), predictor, Optional::empty), samples);
        return samples;
    }

    /** A distance that is the difference of the first bytes. */
    private record FirstByteDistance(int minSide) implements ImageDistance {

        @Override
        public String description() {
            return "difference of the first bytes";
        }

        @Override
        public double between(Image a, Image b) {
            return Math.abs((a.rgb()[0] & 0xff) - (b.rgb()[0] & 0xff));
        }
    }

    @Test
    void lpipsIsMeasuredWhereItIsGivenAndImagesAreLargeEnough() throws IOException {
        Mode mode = new ViewSynthesisMode(Optional.of(new FirstByteDistance(28)));
        Samples samples = measured(NINE_VIEWS, new ConstantPredictor(), mode); // black
        assertThat(samples.values("view_synthesis.pixel_splats.lpips"))
                .hasSize(2)
                .startsWith(NINE_VIEWS
                        .load(NINE_VIEWS.scenes().get(0))
                        .images()
                        .get(0)
                        .channel(0, 0, 0));
        assertThat(mode.metrics()).extracting(Metric::id).contains("gaussians_lpips", "pixel_splats_lpips");
        assertThat(mode.note()).contains("difference of the first bytes");

        Mode larger = new ViewSynthesisMode(Optional.of(new FirstByteDistance(29)));
        assertThat(measured(NINE_VIEWS, new ConstantPredictor(), larger).names())
                .doesNotContain("view_synthesis.pixel_splats.lpips");

        Mode without = new ViewSynthesisMode(Optional.empty());
        assertThat(without.metrics()).extracting(Metric::id).noneMatch(id -> id.contains("lpips"));
        assertThat(without.note()).contains("LPIPS is not measured: no file with its weights was given");
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
