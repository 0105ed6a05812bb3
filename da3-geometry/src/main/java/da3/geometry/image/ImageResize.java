package da3.geometry.image;

import da3.geometry.Image;
import da3.geometry.check.Check;
import java.util.Arrays;

/**
 * Image resampling as defined by OpenCV's {@code INTER_AREA} and {@code INTER_CUBIC}, and by Pillow's {@code BILINEAR}. All
 * are separable: first along rows, then along columns, in single precision, with one rounding to bytes at the end.
 */
public final class ImageResize {

    /** Parameter of the cubic kernel of Keys; OpenCV uses -0.75 instead of the more common -0.5. */
    private static final double CUBIC_A = -0.75;

    private ImageResize() {}

    /**
     * Returns a smaller image; each pixel is the average over its area in the original.
     *
     * @throws IllegalArgumentException if a side would grow or is below 1
     */
    public static Image area(Image image, int width, int height) {
        if (width < 1 || height < 1 || width > image.width() || height > image.height()) {
            throw Check.invalid(
                    "target size of an area resize of " + image,
                    "from 1x1 to the size of the image",
                    width + "x" + height);
        }
        // OpenCV rounds ties to even, but halves images with integer arithmetic that rounds them up.
        boolean tiesUp = image.width() == 2 * width && image.height() == 2 * height;
        return resample(image, areaTaps(image.width(), width), areaTaps(image.height(), height), tiesUp);
    }

    /**
     * Returns an image interpolated with a cubic kernel over 4x4 pixels; border pixels extend outside. It does not
     * average, so it is suited to enlarging.
     *
     * @throws IllegalArgumentException if a side is below 1
     */
    public static Image cubic(Image image, int width, int height) {
        if (width < 1 || height < 1) {
            throw Check.invalid("target size of a cubic resize", "at least 1x1", width + "x" + height);
        }
        return resample(image, cubicTaps(image.width(), width), cubicTaps(image.height(), height), false);
    }

    /**
     * Returns an image interpolated linearly between pixels; the kernel is as much wider as the image shrinks, so that it
     * averages. Pillow also rounds between rows and columns, which can change a result by 1.
     *
     * @throws IllegalArgumentException if a side is below 1
     */
    public static Image linear(Image image, int width, int height) {
        if (width < 1 || height < 1) {
            throw Check.invalid("target size of a linear resize", "at least 1x1", width + "x" + height);
        }
        return resample(image, linearTaps(image.width(), width), linearTaps(image.height(), height), true);
    }

    /**
     * The source positions and weights of each target position along an axis.
     *
     * @param count taps for each target position
     * @param index (targets, count), source positions
     * @param weight (targets, count), weights that sum to 1
     */
    private record Taps(int count, int[] index, float[] weight) {

        int positions() {
            return index.length / count;
        }
    }

    private static Taps areaTaps(int from, int to) {
        double scale = (double) from / to;
        int count = Math.min(from, (int) Math.ceil(scale) + 1);
        int[] index = new int[to * count];
        float[] weight = new float[to * count];
        for (int i = 0; i < to; i++) {
            double begin = i * scale;
            double end = Math.min(begin + scale, from);
            // At the end the window slides back into the image; taps outside the area get weight 0.
            int first = Math.min((int) begin, from - count);
            for (int k = 0; k < count; k++) {
                double overlap = Math.min(first + k + 1, end) - Math.max(first + k, begin);
                index[i * count + k] = first + k;
                weight[i * count + k] = (float) (Math.max(0, overlap) / (end - begin));
            }
        }
        return new Taps(count, index, weight);
    }

    private static Taps linearTaps(int from, int to) {
        double scale = (double) from / to;
        double support = Math.max(1, scale);
        int count = Math.min(from, 2 * (int) Math.ceil(support) + 1);
        int[] index = new int[to * count];
        float[] weight = new float[to * count];
        double[] triangle = new double[count];
        for (int i = 0; i < to; i++) {
            double center = (i + 0.5) * scale - 0.5;
            int first = Math.max(0, Math.min((int) Math.ceil(center - support), from - count));
            double sum = 0;
            for (int k = 0; k < count; k++) {
                triangle[k] = Math.max(0, 1 - Math.abs(first + k - center) / support);
                sum += triangle[k];
            }
            for (int k = 0; k < count; k++) {
                index[i * count + k] = first + k;
                weight[i * count + k] = (float) (triangle[k] / sum);
            }
        }
        return new Taps(count, index, weight);
    }

    private static Taps cubicTaps(int from, int to) {
        double scale = (double) from / to;
        int count = 4;
        int[] index = new int[to * count];
        float[] weight = new float[to * count];
        for (int i = 0; i < to; i++) {
            double center = (i + 0.5) * scale - 0.5;
            int below = (int) Math.floor(center);
            for (int k = 0; k < count; k++) {
                int at = below - 1 + k;
                index[i * count + k] = Math.max(0, Math.min(from - 1, at));
                weight[i * count + k] = (float) cubicKernel(Math.abs(center - at));
            }
        }
        return new Taps(count, index, weight);
    }

    /**
     * Evaluates the kernel at a distance from 0 to 2. Source: Keys, "Cubic convolution interpolation for digital image
     * processing", 1981.
     */
    private static double cubicKernel(double x) {
        return x <= 1
                ? ((CUBIC_A + 2) * x - (CUBIC_A + 3)) * x * x + 1
                : ((CUBIC_A * x - 5 * CUBIC_A) * x + 8 * CUBIC_A) * x - 4 * CUBIC_A;
    }

    private static Image resample(Image image, Taps columns, Taps rows, boolean tiesUp) {
        int width = columns.positions();
        int height = rows.positions();
        float[] narrow = alongRows(image, columns); // (source height, target width, 3)
        byte[] rgb = new byte[3 * width * height];
        float[] sum = new float[3 * width];
        for (int y = 0; y < height; y++) {
            Arrays.fill(sum, 0);
            for (int k = 0; k < rows.count; k++) {
                float weight = rows.weight[y * rows.count + k];
                int row = rows.index[y * rows.count + k] * sum.length;
                for (int x = 0; x < sum.length; x++) {
                    sum[x] += weight * narrow[row + x];
                }
            }
            for (int x = 0; x < sum.length; x++) {
                rgb[y * sum.length + x] =
                        (byte) Math.max(0, Math.min(255, tiesUp ? Math.floor(sum[x] + 0.5) : Math.rint(sum[x])));
            }
        }
        return new Image(width, height, rgb);
    }

    private static float[] alongRows(Image image, Taps columns) {
        int width = columns.positions();
        byte[] rgb = image.rgb();
        float[] narrow = new float[Math.multiplyExact(3 * width, image.height())];
        for (int y = 0; y < image.height(); y++) {
            int row = 3 * y * image.width();
            int out = 3 * y * width;
            for (int x = 0; x < width; x++, out += 3) {
                float red = 0;
                float green = 0;
                float blue = 0;
                for (int k = x * columns.count; k < (x + 1) * columns.count; k++) {
                    float weight = columns.weight[k];
                    int in = row + 3 * columns.index[k];
                    red += weight * (rgb[in] & 0xff);
                    green += weight * (rgb[in + 1] & 0xff);
                    blue += weight * (rgb[in + 2] & 0xff);
                }
                narrow[out] = red;
                narrow[out + 1] = green;
                narrow[out + 2] = blue;
            }
        }
        return narrow;
    }
}
