package da3.geometry.image;

import da3.geometry.ScalarMap;

/**
 * Bilinear interpolation of maps, and resampling of maps to the size of the original image.
 *
 * <p>Depth is interpolated as its reciprocal, which is linear in the image wherever the surface is flat, so points on a
 * slanted wall stay on it. In the half pixel along the border it is extrapolated linearly. Depth edges are respected:
 * of the four pixels around a position, only those count whose depth differs from that of the nearest pixel by at most a
 * fraction of {@value #EDGE}, so no depth arises between an object and its background.
 *
 * <p>Pixels of the original image outside the map, which were cropped, get the value 0.
 */
public final class MapResampling {

    /** Relative depth difference above which a step between neighbors is an edge. */
    private static final double EDGE = 0.1;

    private static final double BORDER = 1e-6;

    private MapResampling() {}

    /**
     * Returns the depth at every pixel of the original image.
     *
     * @param map depth map
     * @param width width of the original image
     * @param height height of the original image
     * @param toMap from pixels of the original image to those of the map
     */
    public static ScalarMap depth(ScalarMap map, int width, int height, PixelTransform toMap) {
        return resample(map, width, height, toMap, MapResampling::depthAt);
    }

    /** Returns confidence or sky scores at every pixel of the original image, by plain bilinear interpolation. */
    public static ScalarMap bilinear(ScalarMap map, int width, int height, PixelTransform toMap) {
        return resample(map, width, height, toMap, MapResampling::bilinearAt);
    }

    /** Returns whether a position is inside the map, whose corners are (0, 0) and (width, height). */
    public static boolean contains(ScalarMap map, double x, double y) {
        return x >= -BORDER && y >= -BORDER && x <= map.width() + BORDER && y <= map.height() + BORDER;
    }

    /** Returns the depth at a position inside a map of positive depths. */
    public static double depthAt(ScalarMap map, double x, double y) {
        Cell cell = Cell.at(map, x, y);
        double nearest = cell.value(map, cell.u < 0.5 ? 0 : 1, cell.v < 0.5 ? 0 : 1);
        boolean[] counts = new boolean[4];
        boolean edge = false;
        for (int i = 0; i < 4; i++) {
            double step = Math.abs(cell.value(map, i % 2, i / 2) - nearest);
            counts[i] = step <= EDGE * nearest;
            edge |= !counts[i];
        }
        // Outside the outermost pixel centers weights are negative, so only a cell without an edge is extrapolated.
        Cell within = edge ? cell.clamped() : cell;
        double weights = 0;
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            if (counts[i]) {
                double weight = within.weight(i % 2, i / 2);
                weights += weight;
                sum += weight / cell.value(map, i % 2, i / 2);
            }
        }
        return sum > 0 ? weights / sum : nearest;
    }

    private static double bilinearAt(ScalarMap map, double x, double y) {
        Cell cell = Cell.at(map, x, y).clamped();
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            sum += cell.weight(i % 2, i / 2) * cell.value(map, i % 2, i / 2);
        }
        return sum;
    }

    private interface Reader {
        double at(ScalarMap map, double x, double y);
    }

    private static ScalarMap resample(ScalarMap map, int width, int height, PixelTransform toMap, Reader reader) {
        float[] values = new float[Math.multiplyExact(width, height)];
        for (int y = 0; y < height; y++) {
            double mapY = toMap.y(y + 0.5);
            for (int x = 0; x < width; x++) {
                double mapX = toMap.x(x + 0.5);
                if (contains(map, mapX, mapY)) {
                    values[y * width + x] = (float) reader.at(map, mapX, mapY);
                }
            }
        }
        return new ScalarMap(width, height, values);
    }

    /**
     * The four pixels around a position.
     *
     * @param x column of the left two
     * @param y row of the upper two
     * @param u horizontal position between the left (0) and right (1) centers, -0.5 to 1.5
     * @param v vertical position, with the same convention
     */
    private record Cell(int x, int y, double u, double v) {

        static Cell at(ScalarMap map, double x, double y) {
            int left = first(x, map.width());
            int top = first(y, map.height());
            return new Cell(left, top, x - 0.5 - left, y - 0.5 - top);
        }

        private static int first(double at, int length) {
            return (int) Math.max(0, Math.min(length - 2, Math.floor(at - 0.5)));
        }

        Cell clamped() {
            return new Cell(x, y, Math.max(0, Math.min(1, u)), Math.max(0, Math.min(1, v)));
        }

        double weight(int right, int below) {
            return (right == 1 ? u : 1 - u) * (below == 1 ? v : 1 - v);
        }

        float value(ScalarMap map, int right, int below) {
            return map.at(Math.min(x + right, map.width() - 1), Math.min(y + below, map.height() - 1));
        }
    }
}
