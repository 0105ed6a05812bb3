package da3.geometry.splat;

import da3.geometry.Camera;
import da3.geometry.GaussianCloud;
import java.util.Arrays;

/**
 * Which Gaussians each pixel of a view shows, and how much of them: a sparse matrix (pixels, Gaussians), since colors add
 * up linearly. Eight bytes an entry.
 */
final class PixelWeights {

    private final int[] ends; // (pixels): where a pixel's entries end
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
                    void show(int i, int cell, double weight) {
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
                    void show(int i, int cell, double weight) {
                        int entry = next[pixel(cell, width)]++;
                        matrix.splats[entry] = i;
                        matrix.weights[entry] = (float) weight;
                    }
                }.addAll(members, from, to));
        return matrix;
    }

    /** Pixels (pixels, 3) out of colors (Gaussians, 3). */
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

    /** Adds to each Gaussian the pixels that show it, as much as they do. */
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
