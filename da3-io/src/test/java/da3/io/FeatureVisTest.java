package da3.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.geometry.Image;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureVisTest {

    private static final int CHANNELS = 8;
    private static final List<Image> IMAGES = List.of(gray(42, 28, 10), gray(42, 28, 20));

    /** Two views of 2x3 patches; the first component is large in all patches of the second view. */
    private static float[] features() {
        Random random = new Random(3);
        float[] features = new float[12 * CHANNELS];
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) (0.1 * random.nextGaussian()) + (i % CHANNELS == 5 && i / CHANNELS >= 6 ? 50 : 0);
        }
        return features;
    }

    @Test
    void theStrongestComponentIsRed() {
        List<Image> pictures = FeatureVis.pictures(IMAGES, features(), 42);
        assertThat(pictures).hasSize(2).allMatch(p -> p.width() == 84 && p.height() == 28);
        assertThat(pictures.get(0).channel(3, 3, 1)).isEqualTo(10);
        for (int x = 42; x < 84; x++) {
            assertThat(pictures.get(0).channel(x, 27, 0)).isLessThan(10);
            assertThat(pictures.get(1).channel(x, 27, 0)).isGreaterThan(245);
            int patch = 42 + (x - 42) / 14 * 14;
            assertThat(pictures.get(1).channel(x, 20, 2))
                    .isEqualTo(pictures.get(1).channel(patch, 14, 2));
        }
        assertThat(FeatureVis.pictures(IMAGES, features(), 42).get(1).rgb())
                .isEqualTo(pictures.get(1).rgb());
    }

    @Test
    void filesAreNamedAsInTheReference(@TempDir Path folder) throws IOException {
        List<Path> files = FeatureVis.write(FeatureVis.pictures(IMAGES, features(), 42), 7, folder);
        assertThat(files)
                .containsExactly(
                        folder.resolve("feat_vis/feat_layer_7/000000.jpg"),
                        folder.resolve("feat_vis/feat_layer_7/000001.jpg"));
        assertThat(Images.read(files.get(1)).width()).isEqualTo(84);
    }

    @Test
    void mismatchedFeaturesAndImagesAreRefused() {
        assertThatThrownBy(() -> FeatureVis.pictures(IMAGES, new float[13], 1))
                .hasMessage("number of feature values must be a multiple of the 12 patches and at least 3 for each,"
                        + " got 13");
        assertThatThrownBy(() -> FeatureVis.pictures(List.of(IMAGES.get(0), gray(28, 28, 1)), features(), 1))
                .hasMessage("size of every image must be 42x28, got 28x28");
        assertThatThrownBy(() -> FeatureVis.pictures(List.of(), features(), 1))
                .hasMessage("number of images must be positive, got 0");
        assertThatThrownBy(() -> FeatureVis.pictures(List.of(gray(50, 28, 1), gray(50, 28, 1)), features(), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sides of the images must be multiples of 14, got 50x28");
    }

    private static Image gray(int width, int height, int level) {
        byte[] rgb = new byte[3 * width * height];
        Arrays.fill(rgb, (byte) level);
        return new Image(width, height, rgb);
    }
}
