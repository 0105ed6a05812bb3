package da3.core.lpips;

import java.util.Arrays;

/**
 * An image or the features of a layer.
 *
 * @param height number of rows
 * @param width number of columns
 * @param channels number of channels
 * @param values (height, width, channels), row-major
 */
record FeatureMap(int height, int width, int channels, float[] values) {

    /** Returns the largest values in windows of size x size pixels that are inside the map. */
    FeatureMap maxPooled(int size, int stride) {
        int rows = (height - size) / stride + 1;
        int columns = (width - size) / stride + 1;
        float[] pooled = new float[rows * columns * channels];
        Arrays.fill(pooled, Float.NEGATIVE_INFINITY);
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < columns; x++) {
                int to = (y * columns + x) * channels;
                for (int k = 0; k < size * size; k++) {
                    int from = ((y * stride + k / size) * width + x * stride + k % size) * channels;
                    for (int c = 0; c < channels; c++) {
                        pooled[to + c] = Math.max(pooled[to + c], values[from + c]);
                    }
                }
            }
        }
        return new FeatureMap(rows, columns, channels, pooled);
    }

    /**
     * Returns the gradient of {@link #maxPooled} with respect to this map. Of equal values, the first one in the order of
     * rows gets it.
     *
     * @param dy gradient with respect to the result
     */
    FeatureMap maxPooledBackward(FeatureMap dy, int size, int stride) {
        FeatureMap gradient = zeros();
        for (int i = 0; i < dy.values.length; i++) {
            int pixel = i / channels;
            int first = (pixel / dy.width * stride * width + pixel % dy.width * stride) * channels + i % channels;
            int largest = first;
            for (int k = 1; k < size * size; k++) {
                int from = first + (k / size * width + k % size) * channels;
                largest = values[from] > values[largest] ? from : largest;
            }
            gradient.values[largest] += dy.values[i];
        }
        return gradient;
    }

    /**
     * Returns the inputs of a convolution as a row for each output pixel, in the order of its weights.
     *
     * @return (output pixels, channels x size x size), zero outside the map
     */
    float[] unfolded(int size, int stride, int padding) {
        int rows = outputs(height, size, stride, padding);
        int columns = outputs(width, size, stride, padding);
        float[] unfolded = new float[Math.multiplyExact(rows * columns, channels * size * size)];
        int to = 0;
        for (int i = 0; i < rows * columns; i++) {
            int top = i / columns * stride - padding;
            int left = i % columns * stride - padding;
            for (int c = 0; c < channels; c++) {
                for (int k = 0; k < size * size; k++, to++) {
                    int y = top + k / size;
                    int x = left + k % size;
                    if (y >= 0 && y < height && x >= 0 && x < width) {
                        unfolded[to] = values[(y * width + x) * channels + c];
                    }
                }
            }
        }
        return unfolded;
    }

    /**
     * Returns the sums of the rows of {@link #unfolded} at each pixel of this map, which is its adjoint.
     *
     * @param rows (output pixels, channels x size x size)
     */
    FeatureMap folded(float[] rows, int size, int stride, int padding) {
        FeatureMap sum = zeros();
        int columns = outputs(width, size, stride, padding);
        int perPixel = channels * size * size;
        for (int from = 0; from < rows.length; from++) {
            int pixel = from / perPixel;
            int k = from % (size * size);
            int y = pixel / columns * stride - padding + k / size;
            int x = pixel % columns * stride - padding + k % size;
            if (y >= 0 && y < height && x >= 0 && x < width) {
                sum.values[(y * width + x) * channels + from % perPixel / (size * size)] += rows[from];
            }
        }
        return sum;
    }

    /** Returns zeros in the shape of this map. */
    FeatureMap zeros() {
        return new FeatureMap(height, width, channels, new float[values.length]);
    }

    /** Returns the number of output pixels of a convolution along a side. */
    static int outputs(int side, int size, int stride, int padding) {
        return (side + 2 * padding - size) / stride + 1;
    }
}
