package da3.io;

import static org.assertj.core.api.Assertions.assertThat;

import da3.geometry.Image;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.points.PointFilter;
import da3.geometry.points.PointFilterOptions;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PointFilterTest {

    private static final int SEEN = 1000;

    @Test
    void pixelsWithoutDepthDoNotAffectThePercentile() {
        PointFilter whole = PointFilter.of(scene(SEEN, null), PointFilterOptions.defaults());
        PointFilter cut = PointFilter.of(scene(2 * SEEN, null), PointFilterOptions.defaults());
        assertThat(cut.threshold()).isEqualTo(whole.threshold());
        assertThat(kept(whole, SEEN)).isEqualTo(600);
        assertThat(kept(cut, 2 * SEEN)).isEqualTo(600);
        assertThat(cut.keeps(0, SEEN)).isFalse();
    }

    @Test
    void pixelsWithoutDepthDoNotCountAsGround() {
        float[] sky = new float[2 * SEEN];
        Arrays.fill(sky, 10, SEEN, 1);
        PointFilter ignored = PointFilter.of(scene(2 * SEEN, sky), PointFilterOptions.defaults());
        assertThat(kept(ignored, 2 * SEEN)).isEqualTo(600);
        sky[10] = 0;
        PointFilter applied = PointFilter.of(scene(2 * SEEN, sky), PointFilterOptions.defaults());
        assertThat(kept(applied, 2 * SEEN)).isBetween(1L, 11L);
    }

    @Test
    void aSceneWithoutAnyDepthHasNoPoints() {
        View seen = scene(SEEN, null).view(0);
        ScalarMap zeros = new ScalarMap(SEEN, 1, new float[SEEN]);
        View unseen = new View(seen.image(), zeros, Optional.of(zeros), seen.camera(), seen.sky());
        assertThat(kept(PointFilter.of(Scenes.of(false, unseen), PointFilterOptions.defaults()), SEEN))
                .isZero();
    }

    /** Returns a scene whose first thousand pixels have depth, with confidences that increase from 1.1. */
    private static Scene scene(int pixels, float[] sky) {
        float[] depth = new float[pixels];
        float[] confidence = new float[pixels];
        for (int i = 0; i < SEEN; i++) {
            depth[i] = 1;
            confidence[i] = 1.1f + i / (float) SEEN;
        }
        return Scenes.of(
                false,
                new View(
                        new Image(pixels, 1, new byte[3 * pixels]),
                        new ScalarMap(pixels, 1, depth),
                        Optional.of(new ScalarMap(pixels, 1, confidence)),
                        Optional.empty(),
                        Optional.ofNullable(sky).map(scores -> new ScalarMap(pixels, 1, scores))));
    }

    private static long kept(PointFilter filter, int pixels) {
        return IntStream.range(0, pixels).filter(i -> filter.keeps(0, i)).count();
    }
}
