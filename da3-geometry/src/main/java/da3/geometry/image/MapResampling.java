package da3.geometry.image;

import da3.geometry.ScalarMap;

/**
 * Reads maps between their pixels, bilinearly, and brings them back to the size of the photo that they were made from.
 *
 * <p>Depth is interpolated as its reciprocal, which is linear in the image wherever the surface is flat, so that points on
 * a slanted wall stay on it; half a pixel around the border it goes on linearly. Edges are respected: of the four pixels
 * around a place only those count whose depth is within {@value #EDGE} of the nearest pixel's, so that no depth arises
 * between a thing and what is behind it.
 *
 * <p>What a photo shows beyond the border of the map, because it was cut off, is not known: 0.
 */
public final class MapResampling {

    /** Fraction of the depth at which a step between neighbors is an edge. */
    private static final double EDGE = 0.1;

    private static final double BORDER = 1e-6;

    private MapResampling() {}

    /**
     * Depth at every pixel of the photo.
     *
     * @param toMap from the photo's pixels to the map's
     */
    public static ScalarMap depth(ScalarMap map, int width, int height, PixelTransform toMap) {
        return resample(map, width, height, toMap, MapResampling::depthAt);
    }

    /** Confidence or sky at every pixel of the photo; nothing but bilinear, at the border the nearest pixel. */
    public static ScalarMap bilinear(ScalarMap map, int width, int height, PixelTransform toMap) {
        return resample(map, width, height, toMap, MapResampling::bilinearAt);
    }

    /** Whether a place lies in the map; its corners are (0, 0) and (width, height). */
    public static boolean contains(ScalarMap map, double x, double y) {
        return x >= -BORDER && y >= -BORDER && x <= map.width() + BORDER && y <= map.height() + BORDER;
    }

    /** Depth at a place inside the map, whose depths are above 0. */
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
        // Beyond the outermost centers weights are negative: only a whole cell may be continued.
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
     * Four pixels around a place.
     *
     * @param x column of the left two
     * @param u how far the place is from the left centers to the right ones, -0.5 to 1.5
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
