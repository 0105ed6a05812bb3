package da3.io;

import da3.geometry.GaussianCloud;
import da3.geometry.ScalarMap;
import da3.geometry.check.Check;
import da3.geometry.math.Percentiles;
import da3.geometry.math.SphericalHarmonics;
import java.util.Arrays;
import java.util.List;

/** Selects the Gaussians of a scene that are written, by the pixel that each belongs to. */
final class GaussianSelection {

    private static final double MARGIN = 8.0 / 256;
    private static final int DEFAULT_VIEWS = 12;

    private GaussianSelection() {}

    /**
     * Returns the selected Gaussians in their order.
     *
     * @param cloud one Gaussian per pixel, in the order of views, rows and columns
     * @throws IllegalArgumentException if the numbers of Gaussians and pixels differ
     */
    static GaussianCloud of(GaussianCloud cloud, List<ScalarMap> depths, GaussianPlyOptions options) {
        int pixels = depths.stream().mapToInt(depth -> depth.values().length).sum();
        if (pixels != cloud.size()) {
            throw Check.invalid(
                    "number of Gaussians", pixels + " (one per pixel of depth at the processing size)", cloud.size());
        }
        int interval = options.interval() > 0 ? options.interval() : Math.max(1, depths.size() / DEFAULT_VIEWS);
        int[] kept = new int[pixels];
        int n = 0;
        int first = 0;
        for (int v = 0; v < depths.size(); v++) {
            ScalarMap depth = depths.get(v);
            if (v % interval == 0) {
                n = keep(depth, first, options, kept, n);
            }
            first += depth.values().length;
        }
        return picked(cloud, Arrays.copyOf(kept, n));
    }

    private static int keep(ScalarMap depth, int first, GaussianPlyOptions options, int[] kept, int count) {
        int marginX = options.trimBorder() ? (int) (MARGIN * depth.width()) : 0;
        int marginY = options.trimBorder() ? (int) (MARGIN * depth.height()) : 0;
        float farthest = options.depthQuantile() < 1
                ? (float) Percentiles.quantile(depth.values(), options.depthQuantile())
                : Float.POSITIVE_INFINITY;
        int n = count;
        for (int y = marginY; y < depth.height() - marginY; y++) {
            for (int x = marginX; x < depth.width() - marginX; x++) {
                if (depth.at(x, y) <= farthest) {
                    kept[n++] = first + y * depth.width() + x;
                }
            }
        }
        return n;
    }

    private static GaussianCloud picked(GaussianCloud cloud, int[] indices) {
        return new GaussianCloud(
                picked(cloud.means(), 3, indices),
                picked(cloud.scales(), 3, indices),
                picked(cloud.rotations(), 4, indices),
                picked(cloud.harmonics(), 3 * SphericalHarmonics.coefficients(cloud.degree()), indices),
                picked(cloud.opacities(), 1, indices),
                cloud.degree());
    }

    private static float[] picked(float[] values, int each, int[] indices) {
        float[] picked = new float[Math.multiplyExact(each, indices.length)];
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(values, each * indices[i], picked, each * i, each);
        }
        return picked;
    }
}
