package da3.streaming.frame;

import da3.geometry.Image;
import da3.geometry.image.ImageResize;
import java.util.ArrayList;
import java.util.List;

/**
 * An image in gray at several sizes, each half of the one before.
 *
 * @param levels the finest level first
 */
record GrayPyramid(List<Level> levels) {

    /** Maximum width of the finest level. Motion is measured in fractions of the width, for which this is enough. */
    private static final int MAX_WIDTH = 320;

    private static final int MIN_SIDE = 16;
    private static final int MAX_LEVELS = 4;

    /** One size of the image; values are 0 to 255. */
    record Level(int width, int height, float[] values) {

        /** Returns the value at a position, interpolated between pixels; positions are clamped to the image. */
        double at(double x, double y) {
            double column = Math.max(0, Math.min(width - 1, x));
            double row = Math.max(0, Math.min(height - 1, y));
            int left = (int) Math.min(width - 2, Math.floor(column));
            int top = (int) Math.min(height - 2, Math.floor(row));
            double u = column - left;
            double v = row - top;
            int i = top * width + left;
            return (1 - v) * ((1 - u) * values[i] + u * values[i + 1])
                    + v * ((1 - u) * values[i + width] + u * values[i + width + 1]);
        }

        private Level half() {
            int w = width / 2;
            int h = height / 2;
            float[] half = new float[w * h];
            for (int i = 0; i < half.length; i++) {
                int at = 2 * (i / w) * width + 2 * (i % w);
                half[i] = (values[at] + values[at + 1] + values[at + width] + values[at + width + 1]) / 4;
            }
            return new Level(w, h, half);
        }
    }

    static GrayPyramid of(Image image) {
        int width = Math.max(MIN_SIDE, Math.min(MAX_WIDTH, image.width()));
        int height = Math.max(MIN_SIDE, (int) Math.rint((double) image.height() * width / image.width()));
        Image small = width > image.width() || height > image.height()
                ? ImageResize.cubic(image, width, height)
                : ImageResize.area(image, width, height);
        float[] values = new float[width * height];
        for (int i = 0; i < values.length; i++) {
            int x = i % width;
            int y = i / width;
            values[i] =
                    0.299f * small.channel(x, y, 0) + 0.587f * small.channel(x, y, 1) + 0.114f * small.channel(x, y, 2);
        }
        List<Level> levels = new ArrayList<>();
        levels.add(new Level(width, height, values));
        for (int i = 1; i < MAX_LEVELS; i++) {
            Level last = levels.get(i - 1);
            if (Math.min(last.width, last.height) < 2 * MIN_SIDE) {
                break;
            }
            levels.add(last.half());
        }
        return new GrayPyramid(levels);
    }

    Level finest() {
        return levels.get(0);
    }

    /** Returns the mean absolute difference from another image, or infinity if the sizes differ. */
    double difference(GrayPyramid other) {
        float[] a = finest().values;
        float[] b = other.finest().values;
        if (a.length != b.length) {
            return Double.POSITIVE_INFINITY;
        }
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.abs(a[i] - b[i]);
        }
        return sum / a.length;
    }
}
