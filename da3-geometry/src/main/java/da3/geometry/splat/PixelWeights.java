package da3.geometry.splat;

import da3.geometry.Camera;
import da3.geometry.GaussianCloud;
import java.util.Arrays;

/**
 * The weights of Gaussians in the pixels of a view, as a sparse matrix (pixels, Gaussians); colors are linear in them.
 * Eight bytes per entry.
 */
final class PixelWeights {

    private final int[] ends; // (pixels), end of the entries of each pixel
    private final int[] splats;
    private final float[] weights;

    private PixelWeights(int[] ends) {
        this.ends = ends;
        this.splats = new int[ends[ends.length - 1]];
        this.weights = new float[splats.length];
    }

    static PixelWeights of(GaussianCloud cloud, Camera camera, int width, int height, SplatOptions options) {
        ProjectedSplats projected = new ProjectedSplats(cloud, camera, width, height, options);
        TileLists lists = new TileLists(projected, DepthOrder.of(projected.depths), width, height, options);
        int[] counts = new int[width * height];
        lists.forEach((column, row, members, from, to) ->
                new TileBlend(projected, column * TileLists.SIDE, row * TileLists.SIDE, width, height) {
                    @Override
                    void contribute(int i, int cell, double weight) {
                        counts[pixel(cell, width)]++;
                    }
                }.addAll(members, from, to));
        Arrays.parallelPrefix(counts, Math::addExact);
        PixelWeights matrix = new PixelWeights(counts);
        int[] next = new int[counts.length];
        System.arraycopy(counts, 0, next, 1, counts.length - 1);
        lists.forEach((column, row, members, from, to) ->
                new TileBlend(projected, column * TileLists.SIDE, row * TileLists.SIDE, width, height) {
                    @Override
                    void contribute(int i, int cell, double weight) {
                        int entry = next[pixel(cell, width)]++;
                        matrix.splats[entry] = i;
                        matrix.weights[entry] = (float) weight;
                    }
                }.addAll(members, from, to));
        return matrix;
    }

    /** Computes pixels (pixels, 3) from colors (Gaussians, 3). */
    void multiply(float[] colors, float[] pixels) {
        for (int p = 0; p < ends.length; p++) {
            double red = 0;
            double green = 0;
            double blue = 0;
            for (int e = p == 0 ? 0 : ends[p - 1]; e < ends[p]; e++) {
                int i = 3 * splats[e];
                red += weights[e] * colors[i];
                green += weights[e] * colors[i + 1];
                blue += weights[e] * colors[i + 2];
            }
            pixels[3 * p] = (float) red;
            pixels[3 * p + 1] = (float) green;
            pixels[3 * p + 2] = (float) blue;
        }
    }

    /** Adds the transposed product: to each Gaussian, the weighted sum of the pixels that show it. */
    void addTransposed(float[] pixels, float[] colors) {
        for (int p = 0; p < ends.length; p++) {
            for (int e = p == 0 ? 0 : ends[p - 1]; e < ends[p]; e++) {
                for (int c = 0; c < 3; c++) {
                    colors[3 * splats[e] + c] += weights[e] * pixels[3 * p + c];
                }
            }
        }
    }
}
