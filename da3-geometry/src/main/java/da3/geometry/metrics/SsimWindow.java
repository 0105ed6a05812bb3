package da3.geometry.metrics;

/** The Gaussian window of {@link Ssim}, of {@link Ssim#WINDOW} pixels and a standard deviation of 1.5. */
final class SsimWindow {

    private static final int SIDE = Ssim.WINDOW;
    private static final double DEVIATION = 1.5;

    private final double[] weights = weights();
    private final int width;
    private final int height;

    /** @param width of the images, at least the side of the window; so is the height */
    SsimWindow(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /**
     * Returns the means in all windows, first along rows and then along columns; each side shrinks by the window minus
     * one.
     *
     * @param values (height, width)
     */
    double[] means(double[] values) {
        int outWidth = width - SIDE + 1;
        int outHeight = height - SIDE + 1;
        double[] along = new double[outWidth * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < outWidth; x++) {
                for (int k = 0; k < SIDE; k++) {
                    along[y * outWidth + x] += weights[k] * values[y * width + x + k];
                }
            }
        }
        double[] means = new double[outWidth * outHeight];
        for (int y = 0; y < outHeight; y++) {
            for (int k = 0; k < SIDE; k++) {
                for (int x = 0; x < outWidth; x++) {
                    means[y * outWidth + x] += weights[k] * along[(y + k) * outWidth + x];
                }
            }
        }
        return means;
    }

    /**
     * Returns the transposed operation: the sum, for each pixel, of the windows that contain it.
     *
     * @param windows one value for each window
     * @return (height, width)
     */
    double[] spread(double[] windows) {
        int inWidth = width - SIDE + 1;
        int inHeight = height - SIDE + 1;
        double[] along = new double[inWidth * height];
        for (int y = 0; y < inHeight; y++) {
            for (int k = 0; k < SIDE; k++) {
                for (int x = 0; x < inWidth; x++) {
                    along[(y + k) * inWidth + x] += weights[k] * windows[y * inWidth + x];
                }
            }
        }
        double[] pixels = new double[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < inWidth; x++) {
                for (int k = 0; k < SIDE; k++) {
                    pixels[y * width + x + k] += weights[k] * along[y * inWidth + x];
                }
            }
        }
        return pixels;
    }

    private static double[] weights() {
        double[] weights = new double[SIDE];
        double sum = 0;
        for (int i = 0; i < SIDE; i++) {
            double d = (i - SIDE / 2) / DEVIATION;
            weights[i] = Math.exp(-0.5 * d * d);
            sum += weights[i];
        }
        for (int i = 0; i < SIDE; i++) {
            weights[i] /= sum;
        }
        return weights;
    }
}
