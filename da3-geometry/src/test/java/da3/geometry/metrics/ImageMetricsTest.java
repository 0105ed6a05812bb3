package da3.geometry.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Image;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ImageMetricsTest {

    private final Random random = new Random(4);
    private final Image a = noise(23, 17);
    private final Image b = near(a, 30);

    @Test
    void ssimAgreesWithTheFormulaInEachWindow() {
        assertThat(Ssim.of(a, b)).isCloseTo(slowSimilarity(), within(1e-10)).isBetween(0.5, 0.99);
        assertThat(Ssim.of(a, noise(23, 17))).isBetween(-0.2, 0.2);
    }

    @Test
    void equalImagesHaveTheBestScores() {
        assertThat(Ssim.of(a, a)).isCloseTo(1, within(1e-12));
        assertThat(Psnr.of(a, a)).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void psnrFollowsFromTheMeanSquaredError() {
        byte[] rgb = new byte[3 * 4];
        byte[] other = rgb.clone();
        other[5] = (byte) 200;
        other[6] = 10;
        double meanSquare = (200 * 200 + 10 * 10) / 12.0;
        assertThat(Psnr.of(new Image(2, 2, rgb), new Image(2, 2, other)))
                .isCloseTo(20 * Math.log10(255) - 10 * Math.log10(meanSquare), within(1e-12));
    }

    @Test
    void rejectsImagesThatCannotBeCompared() {
        Image small = noise(10, 17);
        assertThatThrownBy(() -> Psnr.of(a, small))
                .hasMessage("size of the second image must be the same as that of the first, 23x17, got 10x17");
        assertThatThrownBy(() -> Ssim.of(small, small))
                .hasMessage("size of images to compare must be at least 11x11, got 10x17");
    }

    private double slowSimilarity() {
        double sum = 0;
        for (int c = 0; c < 3; c++) {
            for (int top = 0; top + 11 <= 17; top++) {
                for (int left = 0; left + 11 <= 23; left++) {
                    sum += ofWindow(left, top, c) / (3 * 7 * 13);
                }
            }
        }
        return sum;
    }

    private double ofWindow(int left, int top, int c) {
        double total = 0;
        double meanA = 0;
        double meanB = 0;
        for (int i = 0; i < 121; i++) {
            total += weight(i);
            meanA += weight(i) * a.channel(left + i % 11, top + i / 11, c);
            meanB += weight(i) * b.channel(left + i % 11, top + i / 11, c);
        }
        meanA /= total;
        meanB /= total;
        double varianceA = 0;
        double varianceB = 0;
        double covariance = 0;
        for (int i = 0; i < 121; i++) {
            double da = a.channel(left + i % 11, top + i / 11, c) - meanA;
            double db = b.channel(left + i % 11, top + i / 11, c) - meanB;
            varianceA += weight(i) / total * da * da;
            varianceB += weight(i) / total * db * db;
            covariance += weight(i) / total * da * db;
        }
        return (2 * meanA * meanB + 6.5025)
                * (2 * covariance + 58.5225)
                / ((meanA * meanA + meanB * meanB + 6.5025) * (varianceA + varianceB + 58.5225));
    }

    private static double weight(int i) {
        int x = i % 11 - 5;
        int y = i / 11 - 5;
        return Math.exp(-(x * x + y * y) / 4.5);
    }

    private Image noise(int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        random.nextBytes(rgb);
        return new Image(width, height, rgb);
    }

    private Image near(Image image, int spread) {
        byte[] rgb = image.rgb().clone();
        for (int i = 0; i < rgb.length; i++) {
            int value = (rgb[i] & 0xff) + random.nextInt(2 * spread + 1) - spread;
            rgb[i] = (byte) Math.max(0, Math.min(255, value));
        }
        return new Image(image.width(), image.height(), rgb);
    }
}
