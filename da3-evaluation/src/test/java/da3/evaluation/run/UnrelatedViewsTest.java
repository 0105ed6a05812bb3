package da3.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;

import da3.evaluation.EvaluationScene;
import da3.evaluation.Suite;
import da3.geometry.Image;
import da3.geometry.ScalarMap;
import da3.geometry.View;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnrelatedViewsTest {

    /** Scenes of one view each, whose width in pixels is the length of the id. */
    private static final Suite SUITE = new Suite() {
        @Override
        public String description() {
            return "widths";
        }

        @Override
        public List<String> scenes() {
            return List.of("aa", "bb", "lost", "ccc", "dd");
        }

        @Override
        public EvaluationScene load(String scene) throws IOException {
            if (scene.equals("lost")) {
                throw new IOException("lost");
            }
            int width = scene.length();
            byte[] rgb = new byte[3 * width];
            rgb[0] = (byte) scene.charAt(0);
            View view = new View(
                    new Image(width, 1, rgb),
                    new ScalarMap(width, 1, new float[width]),
                    Optional.empty(),
                    Optional.empty());
            return new EvaluationScene(scene, Map.of(), List.of(view));
        }
    };

    private static Optional<Character> unrelated(String scene) throws IOException {
        return new UnrelatedViews(SUITE).find(SUITE.load(scene)).map(image -> (char) image.channel(0, 0, 0));
    }

    @Test
    void usesTheNearestSceneOfTheSameSize() throws IOException {
        assertThat(unrelated("aa")).contains('b');
        assertThat(unrelated("bb")).contains('a'); // the next cannot be loaded
        assertThat(unrelated("dd")).contains('b');
        assertThat(unrelated("ccc")).isEmpty();
    }
}
