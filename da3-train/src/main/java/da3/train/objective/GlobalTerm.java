package da3.train.objective;

/**
 * The global term of one image: the mean over all pixels of weight * |scale * predicted + shift - true depth|. Pixels
 * without truth count as 0. The weight is the inverse of the true depth, limited to ten times its mean.
 */
final class GlobalTerm {

    private static final double MIN_ALIGNED_DEPTH = 0.01;
    private static final double MIN_DEPTH = 1e-5;
    private static final double MAX_WEIGHT = 10; // in multiples of the mean weight

    private final ImageDepths image;
    private final RoeAlignment alignment;

    /** @param grid maximum number of rows and of columns that the alignment uses */
    GlobalTerm(ImageDepths image, int grid) {
        this.image = image;
        this.alignment = align(grid);
    }

    RoeAlignment alignment() {
        return alignment;
    }

    private RoeAlignment align(int grid) {
        int stride = stride(Math.max(image.rows(), image.columns()), grid);
        WeightedPixels points = new WeightedPixels(image, image.pixels());
        for (int i = 0; i < image.rows(); i += stride) {
            for (int j = 0; j < image.columns(); j += stride) {
                int pixel = i * image.columns() + j;
                if (image.mask()[pixel]) {
                    points.add(pixel, 1 / Math.max(image.depth()[pixel], MIN_ALIGNED_DEPTH));
                }
            }
        }
        return RoeAlignment.of(points, 0); // a negative scale would leave the depth without a gradient
    }

    /** Returns the smallest stride that takes at most {@code count} of {@code size} elements. */
    static int stride(int size, int count) {
        return (size + count - 1) / count;
    }

    /**
     * Returns the value.
     *
     * @param factor of the gradient
     * @param depthGradient (rows, columns); the gradient with respect to the predicted depth is added to it
     */
    double add(double factor, AlignmentGradient alignmentGradient, double[] depthGradient) {
        double sum = 0;
        int valid = 0;
        for (int pixel = 0; pixel < image.pixels(); pixel++) {
            if (image.mask()[pixel]) {
                sum += weight(pixel);
                valid++;
            }
        }
        double limit = MAX_WEIGHT * sum / valid;
        WeightedPixels points = new WeightedPixels(image, valid);
        for (int pixel = 0; pixel < image.pixels(); pixel++) {
            if (image.mask()[pixel]) {
                points.add(pixel, Math.min(weight(pixel), limit));
            }
        }
        double share = 1.0 / image.pixels();
        return share * points.addErrors(alignment, factor * share, alignmentGradient, depthGradient);
    }

    private double weight(int pixel) {
        return 1 / Math.max(image.depth()[pixel], MIN_DEPTH);
    }
}
