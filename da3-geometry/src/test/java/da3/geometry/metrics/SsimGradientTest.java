package da3.geometry.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Image;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SsimGradientTest {

    private static final int WIDTH = 17;
    private static final int HEIGHT = 13;
    private static final double STEP = 1e-5;

    @Test
    void theGradientOfAChannelAgreesWithCentralDifferences() {
        double[] a = random(1);
        double[] b = random(2);
        for (int i = 0; i < b.length; i++) {
            b[i] = 0.7 * a[i] + 0.3 * b[i];
        }
        double[] gradient = new SsimChannel(a, b, WIDTH, HEIGHT, 1).gradient();
        for (int i = 0; i < a.length; i++) {
            double value = a[i];
            a[i] = value + STEP;
            double above = new SsimChannel(a, b, WIDTH, HEIGHT, 1).similarity();
            a[i] = value - STEP;
            double below = new SsimChannel(a, b, WIDTH, HEIGHT, 1).similarity();
            a[i] = value;
            assertThat(gradient[i]).isCloseTo((above - below) / (2 * STEP), within(1e-8));
        }
    }

    /** Each channel has a third of the weight. */
    @Test
    void theSimilarityIsThatOfImagesWithEightBits() {
        byte[][] bytes = {new byte[3 * WIDTH * HEIGHT], new byte[3 * WIDTH * HEIGHT]};
        float[][] values = new float[2][3 * WIDTH * HEIGHT];
        for (int image = 0; image < 2; image++) {
            new Random(image).nextBytes(bytes[image]);
            for (int i = 0; i < values[image].length; i++) {
                values[image][i] = (bytes[image][i] & 0xff) / 255f;
            }
        }
        double[] gradient = new double[values[0].length];
        double similarity = Ssim.differentiate(values[0], values[1], WIDTH, HEIGHT, 2, gradient);
        Image a = new Image(WIDTH, HEIGHT, bytes[0]);
        assertThat(similarity).isCloseTo(Ssim.of(a, new Image(WIDTH, HEIGHT, bytes[1])), within(1e-6));
        double[] red = new double[WIDTH * HEIGHT];
        double[] truth = new double[WIDTH * HEIGHT];
        for (int i = 0; i < red.length; i++) {
            red[i] = values[0][3 * i];
            truth[i] = values[1][3 * i];
        }
        double[] ofRed = new SsimChannel(red, truth, WIDTH, HEIGHT, 1).gradient();
        for (int i = 0; i < red.length; i++) {
            assertThat(gradient[3 * i]).isCloseTo(2.0 / 3 * ofRed[i], within(1e-15));
        }
    }

    @Test
    void rejectsArraysOfOtherSizes() {
        float[] image = new float[3 * 11 * 12];
        assertThatThrownBy(() -> Ssim.differentiate(image, new float[5], 12, 11, 1, new double[3 * 11 * 12]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("values of an image of 12x11 must be 396, got 5");
        assertThatThrownBy(() -> Ssim.differentiate(image, image, 10, 11, 1, new double[1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("size of images to compare must be at least 11x11, got 10x11");
    }

    private static double[] random(long seed) {
        return new Random(seed).doubles(WIDTH * HEIGHT).toArray();
    }
}
