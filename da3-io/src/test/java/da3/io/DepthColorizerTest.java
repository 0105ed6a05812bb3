package da3.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Image;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.View;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DepthColorizerTest {

    @TempDir
    Path dir;

    @Test
    void spectralRunsFromRedToBlue() {
        assertThat(color(0)).containsExactly(158 / 255.0, 1 / 255.0, 66 / 255.0);
        assertThat(color(255)).containsExactly(94 / 255.0, 79 / 255.0, 162 / 255.0);
        assertThat(color(51)).containsExactly(244 / 255.0, 109 / 255.0, 67 / 255.0);
        // The anchors are 25.5 entries apart, so entry 25 is not exactly at the second one.
        assertThat(ColorMap.SPECTRAL.channel(25, 0)).isCloseTo((158 + 25 / 25.5 * 55) / 255, within(1e-12));
        assertThat(ColorMap.SPECTRAL.index(-1)).isZero();
        assertThat(ColorMap.SPECTRAL.index(1)).isEqualTo(255);
        assertThat(ColorMap.SPECTRAL.index(0.5f)).isEqualTo(128);
        assertThat(ColorMap.SPECTRAL.index(Float.POSITIVE_INFINITY)).isEqualTo(255);
    }

    @Test
    void tablesAreChecked() {
        assertThatThrownBy(() -> ColorMap.ofTable(new double[4])).hasMessageContaining("multiple of 3");
        assertThatThrownBy(() -> ColorMap.ofTable(new double[] {0, 0, 1.5})).hasMessageContaining("1.5");
    }

    @Test
    void nearIsRedAndFarIsBlue() {
        DepthColorizer.Range range = new DepthColorizer.Range(0.25f, 1);
        ScalarMap depth = new ScalarMap(5, 1, new float[] {1, 4, 0.5f, 0, Float.NaN});
        Image picture = DepthColorizer.of(depth, ColorMap.SPECTRAL, range);
        assertThat(pixel(picture, 0)).containsExactly(158, 1, 66);
        assertThat(pixel(picture, 1)).containsExactly(94, 79, 162);
        assertThat(pixel(picture, 2)).isEqualTo(pixel(picture, 0));
        assertThat(pixel(picture, 3)).isEqualTo(pixel(picture, 1));
        assertThat(pixel(picture, 4)).containsExactly(0, 0, 0);
    }

    @Test
    void theRangeCoversPercentilesOfThePositiveDepths() {
        float[] depths = new float[102];
        for (int i = 0; i <= 100; i++) {
            depths[i] = 1 / (i + 1f);
        }
        DepthColorizer.Range range = DepthColorizer.Range.of(new ScalarMap(102, 1, depths));
        assertThat(range.far()).isCloseTo(3, within(1e-5f));
        assertThat(range.near()).isCloseTo(99, within(1e-5f));
        ScalarMap few = new ScalarMap(10, 1, new float[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1});
        assertThat(DepthColorizer.Range.of(few)).isEqualTo(new DepthColorizer.Range(0, 0));
    }

    @Test
    void logarithmicColorsShareOneRangeForAllMaps() {
        ScalarMap near = new ScalarMap(2, 1, new float[] {1, 1});
        ScalarMap far = new ScalarMap(2, 1, new float[] {100, 0});
        List<float[]> pictures = DepthColorizer.logarithmic(List.of(near, far), ColorMap.SPECTRAL);
        assertThat(pictures).hasSize(2);
        assertThat(pictures.get(0)[0]).isEqualTo(158 / 255f);
        assertThat(pictures.get(1)[0]).isEqualTo(94 / 255f);
        assertThat(pictures.get(1)[4]).isEqualTo(162 / 255f);
        ScalarMap nothing = new ScalarMap(2, 1, new float[2]);
        assertThat(DepthColorizer.logarithmic(List.of(nothing), ColorMap.SPECTRAL)
                        .get(0))
                .containsOnly(0);
    }

    @Test
    void theImageIsOnTheLeftAndDepthOnTheRight() throws IOException {
        byte[] green = new byte[3 * 16 * 16];
        for (int i = 1; i < green.length; i += 3) {
            green[i] = (byte) 255;
        }
        float[] depths = new float[256];
        for (int i = 0; i < 256; i++) {
            depths[i] = i < 128 ? 1 : 2;
        }
        View view =
                new View(new Image(16, 16, green), new ScalarMap(16, 16, depths), Optional.empty(), Optional.empty());
        List<Path> files = DepthVis.write(new Scene(List.of(view, view), Optional.empty(), false), dir);

        assertThat(files).containsExactly(dir.resolve("depth_vis/0000.jpg"), dir.resolve("depth_vis/0001.jpg"));
        Image picture = Images.read(files.get(1));
        assertThat(picture.width()).isEqualTo(32);
        assertThat(picture.height()).isEqualTo(16);
        assertThat(picture.channel(4, 4, 1)).isGreaterThan(240);
        assertThat(picture.channel(27, 3, 0)).isCloseTo(158, within(8));
        assertThat(picture.channel(27, 12, 2)).isCloseTo(162, within(8));
    }

    private static double[] color(int index) {
        return new double[] {
            ColorMap.SPECTRAL.channel(index, 0),
            ColorMap.SPECTRAL.channel(index, 1),
            ColorMap.SPECTRAL.channel(index, 2)
        };
    }

    private static int[] pixel(Image image, int x) {
        return new int[] {image.channel(x, 0, 0), image.channel(x, 0, 1), image.channel(x, 0, 2)};
    }
}
