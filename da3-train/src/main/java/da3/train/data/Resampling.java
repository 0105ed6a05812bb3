package da3.train.data;

import da3.train.data.SceneGeometry.Window;

/** Resamples a window of a view to another size; the first pixel's center is (0.5, 0.5). */
final class Resampling {

    private Resampling() {}

    /** Source pixels {@code from + i} with weights that sum to 1, for each target position of an axis. */
    private record Taps(int[] from, float[][] weights) {}

    /**
     * Resamples colors with a triangle filter as wide as a target pixel, but at least as a source pixel.
     *
     * @param into (views, rows, columns, 3); the view's part is written
     */
    static void colors(TrainingScene scene, int view, Window window, int rows, int columns, byte[] into) {
        int width = scene.columns();
        Taps across = taps(window.left(), window.width(), columns, width);
        Taps down = taps(window.top(), window.height(), rows, scene.rows());
        float[] lines = new float[scene.rows() * columns * 3]; // (source rows, columns, 3)
        byte[] rgb = scene.rgb();
        for (int y = 0; y < scene.rows(); y++) {
            int line = 3 * (view * scene.rows() + y) * width;
            for (int x = 0; x < columns; x++) {
                float[] weights = across.weights[x];
                for (int i = 0; i < weights.length; i++) {
                    int at = line + 3 * (across.from[x] + i);
                    for (int c = 0; c < 3; c++) {
                        lines[3 * (y * columns + x) + c] += weights[i] * (rgb[at + c] & 0xff);
                    }
                }
            }
        }
        for (int y = 0; y < rows; y++) {
            float[] weights = down.weights[y];
            for (int x = 0; x < 3 * columns; x++) {
                float sum = 0;
                for (int i = 0; i < weights.length; i++) {
                    sum += weights[i] * lines[3 * columns * (down.from[y] + i) + x];
                }
                into[3 * columns * (view * rows + y) + x] = (byte) Math.round(sum);
            }
        }
    }

    /**
     * Returns the nearest pixel of the scene for each target pixel: (rows, columns), as indices of (views, rows,
     * columns).
     */
    static int[] nearestPixels(TrainingScene scene, int view, Window window, int rows, int columns) {
        int[] pixels = new int[rows * columns];
        for (int y = 0; y < rows; y++) {
            int fromY = nearest(window.top() + (y + 0.5) * window.height() / rows, scene.rows());
            for (int x = 0; x < columns; x++) {
                int fromX = nearest(window.left() + (x + 0.5) * window.width() / columns, scene.columns());
                pixels[y * columns + x] = (view * scene.rows() + fromY) * scene.columns() + fromX;
            }
        }
        return pixels;
    }

    private static int nearest(double position, int length) {
        return Math.max(0, Math.min(length - 1, (int) Math.floor(position)));
    }

    private static Taps taps(double start, double extent, int targets, int sources) {
        double step = extent / targets;
        double reach = Math.max(1, step);
        int[] from = new int[targets];
        float[][] weights = new float[targets][];
        for (int i = 0; i < targets; i++) {
            double center = start + (i + 0.5) * step;
            int first = Math.max(0, Math.min(sources - 1, (int) Math.floor(center - reach + 0.5)));
            int last = Math.max(first, Math.min(sources - 1, (int) Math.ceil(center + reach - 0.5)));
            from[i] = first;
            weights[i] = new float[last - first + 1];
            double sum = 0;
            for (int j = 0; j < weights[i].length; j++) {
                sum += weights[i][j] = (float) Math.max(0, 1 - Math.abs(first + j + 0.5 - center) / reach);
            }
            for (int j = 0; j < weights[i].length; j++) {
                weights[i][j] /= (float) sum;
            }
        }
        return new Taps(from, weights);
    }
}
