package da3.evaluation.mode;

import static org.assertj.core.api.Assertions.assertThat;

import da3.evaluation.EvaluationScene;
import da3.evaluation.Predictor;
import da3.evaluation.Suite;
import da3.evaluation.WallSuite;
import da3.evaluation.predictor.ConstantPredictor;
import da3.evaluation.predictor.OraclePredictor;
import da3.geometry.Image;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SurfacePictureTest {

    private static final Suite WALL = new WallSuite();

    private static Optional<Image> picture(EvaluationScene scene, Predictor predictor) {
        return SurfacePicture.of(new ScenePredictions(scene, predictor, Optional::empty));
    }

    /** Returns the number of pixels in a half that are not as bright as the top left one. */
    private static int drawn(Image picture, boolean right) {
        int width = picture.width() / 2;
        int count = 0;
        for (int i = 0; i < width * picture.height(); i++) {
            int x = i % width + (right ? width : 0);
            count += picture.channel(x, i / width, 0) == picture.channel(0, 0, 0) ? 0 : 1;
        }
        return count;
    }

    @Test
    void theTruthLooksTheSameOnBothSides() throws IOException {
        Image picture = picture(WALL.load("wall"), new OraclePredictor(WALL)).orElseThrow();
        assertThat(picture.width()).isEqualTo(2 * picture.height());
        assertThat(drawn(picture, true)).isEqualTo(drawn(picture, false)).isGreaterThan(300);
    }

    @Test
    void aPredictionThatCannotBeAlignedIsEmpty() throws IOException {
        Image picture = picture(WALL.load("wall"), new ConstantPredictor()).orElseThrow();
        assertThat(drawn(picture, false)).isGreaterThan(300);
        assertThat(drawn(picture, true)).isZero();
    }

    @Test
    void scenesWithoutSurfaceHaveNoPicture() throws IOException {
        EvaluationScene wall = WALL.load("wall");
        EvaluationScene bare = new EvaluationScene("wall", wall.groups(), wall.views());
        assertThat(picture(bare, new OraclePredictor(WALL))).isEmpty();
    }
}
