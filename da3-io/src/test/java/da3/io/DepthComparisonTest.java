package da3.io;

import static org.assertj.core.api.Assertions.assertThat;

import da3.geometry.Image;
import da3.geometry.ScalarMap;
import org.junit.jupiter.api.Test;

class DepthComparisonTest {

    @Test
    void fourPanelsAreDrawnAndAPerfectPredictionHasNoError() {
        ScalarMap depth = new ScalarMap(4, 3, new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0});
        Image picture = DepthComparison.of(new Image(4, 3, new byte[36]), depth, depth);
        assertThat(picture.width()).isEqualTo(16);
        assertThat(picture.channel(4, 0, 0)).isEqualTo(picture.channel(8, 0, 0));
        assertThat(picture.channel(12, 0, 0)).isEqualTo(158); // the color of error 0
        assertThat(picture.channel(15, 2, 0)).isZero(); // unknown
    }
}
