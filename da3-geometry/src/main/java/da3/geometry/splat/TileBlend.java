package da3.geometry.splat;

import java.util.Arrays;

/** The pixels of one tile, to which Gaussians are added from front to back. */
class TileBlend {

    /** Largest fraction of a pixel that one Gaussian covers. */
    static final double ALPHA_MAX = 0.999;

    private static final double TRANSMITTANCE_CUT = 1e-4;
    private static final int SIDE = TileLists.SIDE;

    final int left;
    final int top;
    final int right;
    final int bottom;
    final double[] transmittance = new double[SIDE * SIDE]; // fraction of a pixel still uncovered
    final double[] red = new double[SIDE * SIDE];
    final double[] green = new double[SIDE * SIDE];
    final double[] blue = new double[SIDE * SIDE];
    final double[] depth = new double[SIDE * SIDE];
    final int[] ends = new int[SIDE * SIDE]; // after the last member that contributes to a pixel, from the first one on
    private final boolean[] finished = new boolean[SIDE * SIDE];
    private final ProjectedSplats splats;
    private int unfinished;

    TileBlend(ProjectedSplats splats, int left, int top, int width, int height) {
        this.splats = splats;
        this.left = left;
        this.top = top;
        this.right = Math.min(width, left + SIDE);
        this.bottom = Math.min(height, top + SIDE);
        this.unfinished = (right - left) * (bottom - top);
        Arrays.fill(transmittance, 1);
    }

    private boolean isUnfinished() {
        return unfinished > 0;
    }

    /** Adds {@code members[from]} to {@code members[to - 1]} until all pixels are finished. */
    void addAll(int[] members, int from, int to) {
        for (int m = from; m < to && isUnfinished(); m++) {
            add(members[m], m - from);
        }
    }

    int pixel(int cell, int width) {
        return (top + cell / SIDE) * width + left + cell % SIDE;
    }

    private void add(int i, int position) {
        int[] boxes = splats.boxes;
        double[] ellipses = splats.ellipses;
        int firstX = Math.max(left, boxes[4 * i]);
        int lastX = Math.min(right - 1, boxes[4 * i + 1]);
        int firstY = Math.max(top, boxes[4 * i + 2]);
        int lastY = Math.min(bottom - 1, boxes[4 * i + 3]);
        double centerX = ellipses[5 * i];
        double centerY = ellipses[5 * i + 1];
        double xx = ellipses[5 * i + 2];
        double xy = ellipses[5 * i + 3];
        double yy = ellipses[5 * i + 4];
        double reach = splats.reaches[i];
        for (int y = firstY; y <= lastY; y++) {
            double dy = y + 0.5 - centerY;
            int cell = (y - top) * SIDE + firstX - left;
            for (int x = firstX; x <= lastX; x++, cell++) {
                double dx = x + 0.5 - centerX;
                double exponent = ProjectedSplats.exponent(xx, xy, yy, dx, dy);
                if (exponent <= reach && !finished[cell]) {
                    double alpha = Math.min(ALPHA_MAX, splats.opacities[i] * Math.exp(-exponent));
                    if (blend(i, cell, alpha)) {
                        ends[cell] = position + 1;
                    }
                }
            }
        }
    }

    /** Adds a Gaussian to a pixel and returns true, or finishes the pixel and returns false. */
    private boolean blend(int i, int cell, double alpha) {
        double open = transmittance[cell];
        double next = open * (1 - alpha);
        if (next <= TRANSMITTANCE_CUT) {
            finished[cell] = true;
            unfinished--;
            return false;
        }
        contribute(i, cell, open * alpha);
        transmittance[cell] = next;
        return true;
    }

    /**
     * Adds Gaussian {@code i} to a pixel.
     *
     * @param weight contribution of the Gaussian to the pixel
     */
    void contribute(int i, int cell, double weight) {
        red[cell] += weight * splats.colors[3 * i];
        green[cell] += weight * splats.colors[3 * i + 1];
        blue[cell] += weight * splats.colors[3 * i + 2];
        depth[cell] += weight * splats.depths[i];
    }
}
