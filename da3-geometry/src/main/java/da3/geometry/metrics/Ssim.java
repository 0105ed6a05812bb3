package da3.geometry.metrics;

import da3.geometry.Image;
import da3.geometry.check.Check;

/**
 * Structural similarity, from the means, variances and covariance of two images in a Gaussian window, averaged over all
 * windows inside the image and over the channels. Source: Wang et al., "Image Quality Assessment: From Error Visibility
 * to Structural Similarity", 2004, section III.
 */
public final class Ssim {

    /** Side of the window in pixels. */
    public static final int WINDOW = 11;

    private Ssim() {}

    /**
     * Returns the similarity of two images.
     *
     * @return 1 for equal images, at least -1
     * @throws IllegalArgumentException if the sizes differ, or a side is shorter than the window
     */
    public static double of(Image a, Image b) {
        Psnr.requireSameSize(a, b);
        requireWindow(a.width(), a.height());
        double sum = 0;
        for (int c = 0; c < 3; c++) {
            sum += new SsimChannel(channel(a, c), channel(b, c), a.width(), a.height(), 255).similarity();
        }
        return sum / 3;
    }

    /**
     * Returns the similarity of two images whose white is 1, and adds its derivative to a gradient.
     *
     * @param a (height, width, 3)
     * @param b (height, width, 3)
     * @param weight factor of the derivative
     * @param gradient (height, width, 3), to which the derivative with respect to {@code a} is added
     * @return 1 for equal images, at least -1
     * @throws IllegalArgumentException if the length of an array does not match the size, or a side is shorter than the
     *     window
     */
    public static double differentiate(float[] a, float[] b, int width, int height, double weight, double[] gradient) {
        requireWindow(width, height);
        for (int length : new int[] {a.length, b.length, gradient.length}) {
            if (length != 3L * width * height) {
                throw Check.invalid("values of an image of " + width + "x" + height, 3L * width * height + "", length);
            }
        }
        double sum = 0;
        for (int c = 0; c < 3; c++) {
            SsimChannel channel = new SsimChannel(channel(a, c), channel(b, c), width, height, 1);
            sum += channel.similarity();
            double[] derivative = channel.gradient();
            for (int i = 0; i < derivative.length; i++) {
                gradient[3 * i + c] += weight / 3 * derivative[i];
            }
        }
        return sum / 3;
    }

    private static void requireWindow(int width, int height) {
        if (Math.min(width, height) < WINDOW) {
            throw Check.invalid("size of images to compare", "at least " + WINDOW + "x" + WINDOW, width + "x" + height);
        }
    }

    private static double[] channel(Image image, int c) {
        double[] values = new double[image.width() * image.height()];
        for (int i = 0; i < values.length; i++) {
            values[i] = image.rgb()[3 * i + c] & 0xff;
        }
        return values;
    }

    private static double[] channel(float[] rgb, int c) {
        double[] values = new double[rgb.length / 3];
        for (int i = 0; i < values.length; i++) {
            values[i] = rgb[3 * i + c];
        }
        return values;
    }
}
