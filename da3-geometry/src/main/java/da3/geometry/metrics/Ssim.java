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

    private static final double DEVIATION = 1.5;
    private static final double C1 = 0.01 * 255 * (0.01 * 255);
    private static final double C2 = 0.03 * 255 * (0.03 * 255);

    private Ssim() {}

    /**
     * Returns the similarity of two images.
     *
     * @return 1 for equal images, at least -1
     * @throws IllegalArgumentException if the sizes differ, or a side is shorter than the window
     */
    public static double of(Image a, Image b) {
        Psnr.requireSameSize(a, b);
        if (Math.min(a.width(), a.height()) < WINDOW) {
            throw Check.invalid(
                    "size of images to compare", "at least " + WINDOW + "x" + WINDOW, a.width() + "x" + a.height());
        }
        double sum = 0;
        for (int c = 0; c < 3; c++) {
            sum += ofChannel(channel(a, c), channel(b, c), a.width(), a.height());
        }
        return sum / 3;
    }

    private static double[] channel(Image image, int c) {
        double[] values = new double[image.width() * image.height()];
        for (int i = 0; i < values.length; i++) {
            values[i] = image.rgb()[3 * i + c] & 0xff;
        }
        return values;
    }

    private static double ofChannel(double[] a, double[] b, int width, int height) {
        double[] meanA = windowed(a, width, height);
        double[] meanB = windowed(b, width, height);
        double[] squareA = windowed(products(a, a), width, height);
        double[] squareB = windowed(products(b, b), width, height);
        double[] mixed = windowed(products(a, b), width, height);
        double sum = 0;
        for (int i = 0; i < meanA.length; i++) {
            double ab = meanA[i] * meanB[i];
            double aa = meanA[i] * meanA[i];
            double bb = meanB[i] * meanB[i];
            double variances = squareA[i] - aa + (squareB[i] - bb);
            sum += (2 * ab + C1) * (2 * (mixed[i] - ab) + C2) / ((aa + bb + C1) * (variances + C2));
        }
        return sum / meanA.length;
    }

    private static double[] products(double[] a, double[] b) {
        double[] products = new double[a.length];
        for (int i = 0; i < products.length; i++) {
            products[i] = a[i] * b[i];
        }
        return products;
    }

    /**
     * Returns the means in all windows, first along rows and then along columns; each side shrinks by the window minus
     * one.
     */
    private static double[] windowed(double[] values, int width, int height) {
        double[] weights = weights();
        int outWidth = width - WINDOW + 1;
        int outHeight = height - WINDOW + 1;
        double[] along = new double[outWidth * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < outWidth; x++) {
                for (int k = 0; k < WINDOW; k++) {
                    along[y * outWidth + x] += weights[k] * values[y * width + x + k];
                }
            }
        }
        double[] means = new double[outWidth * outHeight];
        for (int y = 0; y < outHeight; y++) {
            for (int k = 0; k < WINDOW; k++) {
                for (int x = 0; x < outWidth; x++) {
                    means[y * outWidth + x] += weights[k] * along[(y + k) * outWidth + x];
                }
            }
        }
        return means;
    }

    private static double[] weights() {
        double[] weights = new double[WINDOW];
        double sum = 0;
        for (int i = 0; i < WINDOW; i++) {
            double d = (i - WINDOW / 2) / DEVIATION;
            weights[i] = Math.exp(-0.5 * d * d);
            sum += weights[i];
        }
        for (int i = 0; i < WINDOW; i++) {
            weights[i] /= sum;
        }
        return weights;
    }
}
