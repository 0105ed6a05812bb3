package da3.geometry.metrics;

/**
 * The structural similarity of one channel of two images, and its derivative. Source: Wang et al., "Image Quality
 * Assessment: From Error Visibility to Structural Similarity", 2004, section III.
 */
final class SsimChannel {

    private final SsimWindow window;
    private final double[] a;
    private final double[] b;
    private final double c1;
    private final double c2;
    private final double[] meanA;
    private final double[] meanB;
    private final double[] squareA;
    private final double[] squareB;
    private final double[] mixed;

    /** @param range difference between the largest and the smallest possible value of a pixel */
    SsimChannel(double[] a, double[] b, int width, int height, double range) {
        this.window = new SsimWindow(width, height);
        this.a = a;
        this.b = b;
        this.c1 = 0.01 * range * (0.01 * range);
        this.c2 = 0.03 * range * (0.03 * range);
        this.meanA = window.means(a);
        this.meanB = window.means(b);
        this.squareA = window.means(products(a, a));
        this.squareB = window.means(products(b, b));
        this.mixed = window.means(products(a, b));
    }

    private static double[] products(double[] a, double[] b) {
        double[] products = new double[a.length];
        for (int i = 0; i < products.length; i++) {
            products[i] = a[i] * b[i];
        }
        return products;
    }

    /** Returns the mean similarity of all windows. */
    double similarity() {
        double sum = 0;
        for (int i = 0; i < meanA.length; i++) {
            double ab = meanA[i] * meanB[i];
            double aa = meanA[i] * meanA[i];
            double bb = meanB[i] * meanB[i];
            double variances = squareA[i] - aa + (squareB[i] - bb);
            sum += (2 * ab + c1) * (2 * (mixed[i] - ab) + c2) / ((aa + bb + c1) * (variances + c2));
        }
        return sum / meanA.length;
    }

    /** Returns the derivative of the similarity with respect to each pixel of the first image, (height, width). */
    double[] gradient() {
        int windows = meanA.length;
        double[] ofMean = new double[windows];
        double[] ofSquare = new double[windows];
        double[] ofMixed = new double[windows];
        for (int i = 0; i < windows; i++) {
            double ma = meanA[i];
            double mb = meanB[i];
            double luminance = 2 * ma * mb + c1;
            double structure = 2 * (mixed[i] - ma * mb) + c2;
            double means = ma * ma + mb * mb + c1;
            double variances = squareA[i] - ma * ma + (squareB[i] - mb * mb) + c2;
            double scale = 1 / (means * variances * windows);
            double similarity = luminance * structure * scale;
            ofSquare[i] = -similarity / variances;
            ofMixed[i] = 2 * luminance * scale;
            ofMean[i] = 2 * mb * (structure - luminance) * scale + 2 * ma * similarity * (1 / variances - 1 / means);
        }
        double[] gradient = window.spread(ofMean);
        double[] square = window.spread(ofSquare);
        double[] cross = window.spread(ofMixed);
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] += 2 * a[i] * square[i] + b[i] * cross[i];
        }
        return gradient;
    }
}
