package da3.train.mode.gaussian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Image;
import da3.geometry.ScalarMap;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RenderingScoresTest {

    private static final int SIDE = 12;

    @Test
    void coveredPixelsAreMeasuredSeparately() {
        byte[] truth = new byte[3 * SIDE * SIDE];
        byte[] rendered = new byte[3 * SIDE * SIDE];
        float[] coverage = new float[SIDE * SIDE];
        Arrays.fill(truth, (byte) 100);
        for (int i = 0; i < coverage.length / 2; i++) {
            coverage[i] = 0.9f; // the upper half, which differs by a fifth of white; the lower half is black
            Arrays.fill(rendered, 3 * i, 3 * i + 3, (byte) 151);
        }
        RenderingScores scores = new RenderingScores();
        Image image = new Image(SIDE, SIDE, truth);
        scores.add(new Image(SIDE, SIDE, rendered), image, new ScalarMap(SIDE, SIDE, coverage));
        Map<String, Double> metrics = new LinkedHashMap<>();
        scores.put(metrics, "_one");
        assertThat(metrics.get("psnr_covered_one")).isCloseTo(20 * Math.log10(5), within(1e-9));
        assertThat(metrics.get("psnr_one"))
                .isCloseTo(-10 * Math.log10((51 * 51 + 100 * 100) / 2.0 / 255 / 255), within(1e-9));
        assertThat(metrics.get("ssim_one")).isLessThan(0.9);
    }

    @Test
    void nothingCoveredIsNotANumber() {
        RenderingScores scores = new RenderingScores();
        Image image = new Image(SIDE, SIDE, new byte[3 * SIDE * SIDE]);
        scores.add(image, image, new ScalarMap(SIDE, SIDE, new float[SIDE * SIDE]));
        Map<String, Double> metrics = new LinkedHashMap<>();
        scores.put(metrics, "");
        assertThat(metrics.get("psnr")).isEqualTo(100);
        assertThat(metrics.get("psnr_covered")).isNaN();
    }
}
